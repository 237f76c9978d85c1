// Checks the documents that state facts of the code: the boundary table and the reasons for each dependency.
import { readFileSync } from "node:fs";
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
  const [, catalog = ""] = read("pnpm-workspace.yaml").split(/^catalog:$/mu);
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

const faults = [...dependencyFaults(), ...boundaryFaults()];
for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults in the documents`);
process.exitCode = faults.length === 0 ? 0 : 1;
