// `pnpm test`: everything CI runs, in the order in which it is cheapest to fail.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toolEnvironment } from "./environment.ts";

type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "argus-test-"));

function run(title: string, command: string, args: string[]): boolean {
  process.stdout.write(`\n== ${title}\n`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    // Hundreds of processes and threads run the same sources; without this, each takes their types out anew.
    env: { ...toolEnvironment(), NODE_COMPILE_CACHE: join(scratch, "compiled") },
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  process.stdout.write(
    `== ${title}: ${status === 0 ? "ok" : "FAILED"}, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return status === 0;
}

function vitest(project: string): boolean {
  const report = join(scratch, `${project}.json`);
  const ok = run(`${project} tests`, "vitest", [
    "run",
    "--config",
    ".config/vitest.config.ts",
    // "unit" means those of the sources as well.
    "--project",
    `${project}*`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(report);
  totals.passed += numPassedTests;
  totals.failed += numFailedTests + (ok || numFailedTests > 0 ? 0 : 1);
  totals.skipped += numPendingTests + numTodoTests;
  return ok;
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch (error) {
    process.stderr.write(`no report of the tests: ${String(error)}\n`);
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

const totals = { passed: 0, failed: 0, skipped: 0 };
const checked = run("checks", process.execPath, [".ci/check.ts"]);
// All suites run even when one fails: a person wants to see everything at once.
const suites = ["unit", "integration", "e2e"].map(vitest);
rmSync(scratch, { recursive: true, force: true });

process.stdout.write(`\nchecks ${checked ? "passed" : "FAILED"}\n`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = checked && suites.every(Boolean) ? 0 : 1;
