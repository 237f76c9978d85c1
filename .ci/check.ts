// `pnpm check`: everything that can be said about the code without running it, and whether its packages would work.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "./environment.ts";
import { runEmbedded } from "./embedded.ts";
import { checkPackedTypes, lintPacked, packAll, runPacked } from "./packed.ts";
import { inTurn, type Outcome, runCommand } from "./run-command.ts";
import { type Result, runTasks, type Task } from "./run-tasks.ts";
import { listPackages } from "./workspace.ts";

// The tools use threads of their own; more at once would only queue.
const AT_ONCE = 2;

const node =
  (script: string, flags: readonly string[] = [], args: readonly string[] = []) =>
  () =>
    runCommand(process.execPath, [...flags, join(".ci", script), ...args]);
const tool =
  (name: string, ...args: string[]) =>
  () =>
    runCommand(name, args);

async function checkTypes(): Promise<Outcome> {
  // All sources in one go: each by itself would read the SDK's types anew.
  const alone = listPackages().filter(({ folder }) => !folder.startsWith("sources/"));
  const projects = [...alone.map(({ folder }) => folder), "sources", ".ci"].filter((folder) =>
    existsSync(join(ROOT, folder, "tsconfig.json")),
  );
  // Of the packages it imports a project reads what they have built, as their users do, and not their sources once more.
  const flags = ["--noEmit", "--customConditions", "null"];
  return await inTurn(projects.map((folder) => tool("tsc", "-p", join(folder, "tsconfig.json"), ...flags)));
}

function tasks(scratch: string): Task[] {
  return [
    { title: "build", run: tool("turbo", "run", "build", "--output-logs=errors-only") },
    { title: "types", after: ["build"], run: checkTypes },
    { title: "lint", run: tool("oxlint", "--config", ".config/oxlintrc.json", ".") },
    { title: "format", run: tool("oxfmt", "--config", ".config/oxfmtrc.json", "--check", ".") },
    { title: "boundaries", run: node("boundaries.ts") },
    { title: "undeclared imports", run: tool("turbo", "boundaries") },
    { title: "documents", run: node("documents.ts") },
    { title: "page of sources", run: node("sources-page.ts", ["--conditions=@argus/source"], ["--check"]) },
    { title: "unused", run: tool("knip", "--config", ".config/knip.json", "--no-progress") },
    { title: "pack", after: ["build"], run: () => packAll(scratch) },
    { title: "packed types (attw)", after: ["pack"], run: () => checkPackedTypes(scratch) },
    { title: "packed manifests (publint)", after: ["pack"], run: () => lintPacked(scratch) },
    { title: "packed packages run", after: ["pack"], run: () => runPacked(scratch) },
    { title: "the store embedded alone", after: ["pack"], run: () => runEmbedded(scratch) },
  ];
}

function summarise(results: readonly Result[], seconds: number): void {
  const lines = results.map(({ title, state, seconds: own }) => {
    const shown = { passed: "ok", failed: "FAILED", left_out: "left out" }[state];
    return `${title.padEnd(28)} ${shown.padEnd(8)} ${own.toFixed(1).padStart(6)} s`;
  });
  console.log(`\n${lines.join("\n")}\n${"in all".padEnd(37)} ${seconds.toFixed(1).padStart(6)} s`);
}

const scratch = mkdtempSync(join(tmpdir(), "argus-check-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

const started = performance.now();
const results = await runTasks(tasks(scratch), AT_ONCE);
summarise(results, (performance.now() - started) / 1000);
process.exitCode = results.every(({ state }) => state === "passed") ? 0 : 1;
