// `pnpm new:source <id>`: writes a source into sources/<id>, links it into the workspace, and runs its tests.
import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";

import { runCommand as create } from "../packages/create-argus-source/src/index.ts";
import { ROOT } from "./environment.ts";
import { runCommand } from "./run-command.ts";
import { readJson } from "./workspace.ts";

const SOURCES = join(ROOT, "sources");
const { version } = readJson(join(ROOT, "packages/create-argus-source/package.json")) as { version: string };

/** The source's folder as the tools are told it, or null when it is outside the workspace and cannot be run from here. */
function inWorkspace(folder: string): string | null {
  const path = relative(ROOT, folder).split(sep);
  return path.length === 2 && path[0] === "sources" ? path.join("/") : null;
}

async function linkAndTest(folder: string): Promise<number> {
  const steps: [command: string, args: string[]][] = [
    ["pnpm", ["install", "--no-frozen-lockfile", "--prefer-offline"]],
    ["vitest", ["run", "--config", ".config/vitest.config.ts", "--project", "unit*", `${folder}/`]],
  ];
  for (const [command, args] of steps) {
    const { ok, output } = await runCommand(command, args);
    if (command === "vitest" || !ok) process.stdout.write(output);
    if (!ok) return 1;
  }
  return 0;
}

const { stdin, stdout, stderr } = process;
const { exitCode, created } = await create(process.argv.slice(2), {
  version,
  layout: "workspace",
  // pnpm runs scripts in the root, wherever it was called.
  cwd: existsSync(process.env["INIT_CWD"] ?? "") ? (process.env["INIT_CWD"] ?? ROOT) : ROOT,
  parent: SOURCES,
  print: (text) => void stdout.write(text),
  complain: (text) => void stderr.write(text),
  terminal: stdin.isTTY && stdout.isTTY ? { input: stdin, output: stdout } : null,
});
const folder = created === null ? null : inWorkspace(created.folder);
process.exitCode = folder === null ? exitCode : await linkAndTest(folder);
