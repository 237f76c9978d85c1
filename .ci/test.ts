// `pnpm test`: everything CI runs, in the order in which it is cheapest to fail.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toolEnvironment } from "./environment.ts";

type Suite = { title: string; projects: readonly string[]; workers?: number };
type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "argus-test-"));

function run(title: string, command: string, args: string[], variables: NodeJS.ProcessEnv = {}): boolean {
  process.stdout.write(`\n== ${title}\n`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    // Hundreds of processes and threads run the same sources; without this, each takes their types out anew.
    env: { ...toolEnvironment(), NODE_COMPILE_CACHE: join(scratch, "compiled"), ...variables },
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  process.stdout.write(
    `== ${title}: ${status === 0 ? "ok" : "FAILED"}, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return status === 0;
}

function vitest({ title, projects, workers }: Suite): boolean {
  const report = join(scratch, `${projects.join("-").replace("*", "")}.json`);
  const args = [
    "run",
    "--config",
    ".config/vitest.config.ts",
    ...projects.flatMap((project) => ["--project", project]),
    ...(workers === undefined ? [] : [`--maxWorkers=${workers}`]),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  // What tests start beside themselves is the built program where it was built just now.
  const ok = run(title, "vitest", args, checked ? { ARGUS_TESTS_USE_BUILT: "yes" } : {});
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

/** "unit" has those of the sources as well. The others wait for processes and pages much of the time, so one more runs at once. */
const SUITES: readonly Suite[] = [
  { title: "unit tests", projects: ["unit*"] },
  { title: "integration and e2e tests", projects: ["integration", "e2e"], workers: availableParallelism() + 1 },
];
const totals = { passed: 0, failed: 0, skipped: 0 };
const checked = run("checks", process.execPath, [".ci/check.ts"]);
// All suites run even when one fails: a person wants to see everything at once.
const suites = SUITES.map(vitest);
rmSync(scratch, { recursive: true, force: true });

process.stdout.write(`\nchecks ${checked ? "passed" : "FAILED"}\n`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = checked && suites.every(Boolean) ? 0 : 1;
