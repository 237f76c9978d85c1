import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Figure } from "../table.ts";

const RUNS = 3;
const AIM_S = 60;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const SUITES = ["run", "--config", ".config/vitest.config.ts", "--project", "unit-light", "sources/"];

/** The tests of all sources, the contract kit's among them, as `vitest` runs them. */
export async function benchSuites(): Promise<Figure[]> {
  const values: number[] = [];
  for (let run = 0; run < RUNS; run += 1) values.push(await runSuites());
  return [{ what: "the contract suites of all sources", unit: "s", values, aim: AIM_S }];
}

async function runSuites(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", ...SUITES], { cwd: root, stdio: "ignore" });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`the sources' tests fail: vitest ${SUITES.join(" ")}`);
  return (performance.now() - started) / 1000;
}
