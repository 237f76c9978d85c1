// Checks the documents that state facts of the code: the boundary table, the reasons for each dependency, and excerpts.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { BOUNDARIES, boundaryOf } from "./boundaries-table.ts";
import { ROOT } from "./environment.ts";

const ARCHITECTURE = "docs/architecture.md";
const DEPENDENCIES = "docs/dependencies.md";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The first cell of each table row that names something in backticks → that row's cells. */
function readTable(text: string): Map<string, string[]> {
  const rows = text.split("\n").flatMap((line) => {
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const name = /^`([^`]+)`/u.exec(cells[0] ?? "")?.[1];
    return name === undefined ? [] : [[name, cells] as const];
  });
  return new Map(rows);
}

/** Names in `catalog:` of pnpm-workspace.yaml. */
function catalogNames(): string[] {
  const [, rest = ""] = read("pnpm-workspace.yaml").split(/^catalog:$/mu);
  const [catalog = ""] = rest.split(/^(?=[^\s#])/mu);
  return [...catalog.matchAll(/^ {2}"?([^":\s]+)"?:/gmu)].map((match) => match[1] ?? "");
}

function dependencyFaults(): string[] {
  const described = readTable(read(DEPENDENCIES));
  const names = catalogNames();
  return [
    ...names.filter((name) => !described.has(name)).map((name) => `${DEPENDENCIES}: ${name} has no line`),
    ...[...described.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `${DEPENDENCIES}: ${name} is not in the catalog of pnpm-workspace.yaml`),
  ];
}

/** A row's last cell names, in backticks, the packages of the workspace it may import, or says "any". */
function boundaryFaults(): string[] {
  const table = readTable(read(ARCHITECTURE));
  return [...Object.keys(BOUNDARIES), "sources/*"].flatMap((folder) => {
    const argus = boundaryOf(folder)?.argus ?? [];
    const expected = argus === "any" ? "any" : argus.map((name) => name.replace("@argus/", "")).join(" ");
    const cell = table.get(folder)?.at(-1) ?? "no such row";
    const stated = cell === "any" ? "any" : [...cell.matchAll(/`([^`]+)`/gu)].map((match) => match[1]).join(" ");
    return stated === expected && table.has(folder)
      ? []
      : [`${ARCHITECTURE}: the row of ${folder} says "${cell}"; .ci/boundaries-table.ts says "${expected}"`];
  });
}

// A block whose fence names a file (```ts sources/x/src/index.ts) must stand in that file; only white space may differ.
const EXCERPT = /^```\w+ (\S+)\n([\s\S]*?)^```$/gmu;

function excerptFaults(document: string): string[] {
  const bare = (text: string) => text.replaceAll(/\s+/gu, "");
  return [...read(document).matchAll(EXCERPT)].flatMap(([, file = "", excerpt = ""]) => {
    if (existsSync(join(ROOT, file)) && bare(read(file)).includes(bare(excerpt))) return [];
    return [`${document}: ${file} does not say: ${excerpt.trim().split("\n", 1)[0]} …`];
  });
}

const documents = globSync("docs/**/*.md", { cwd: ROOT });
const faults = [...dependencyFaults(), ...boundaryFaults(), ...documents.flatMap(excerptFaults)];
for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults in the documents`);
process.exitCode = faults.length === 0 ? 0 : 1;
