import { type ChildProcess, spawn } from "node:child_process";

import { ROOT, toolEnvironment } from "./environment.ts";

/** What came of a step, and what it has to say when it failed. */
export type Outcome = { ok: boolean; output: string };

const running = new Set<ChildProcess>();
// A check that is interrupted leaves no tool behind.
process.on("exit", () => {
  for (const child of running) child.kill();
});

/** Runs a tool of the repository to its end and keeps what it prints. Rejects for nothing: a failure is an outcome. */
export function runCommand(command: string, args: readonly string[], cwd: string = ROOT): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, args, { cwd, env: toolEnvironment(), shell: process.platform === "win32" });
    running.add(child);
    child.once("close", () => running.delete(child));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ ok: false, output: `${command} could not be started: ${error.message}` }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** Runs steps one after the other, all of them, and joins what the failed ones say. */
export async function inTurn(steps: readonly (() => Promise<Outcome>)[]): Promise<Outcome> {
  const failed: string[] = [];
  for (const step of steps) {
    const { ok, output } = await step();
    if (!ok) failed.push(output.trim());
  }
  return { ok: failed.length === 0, output: failed.join("\n\n") };
}
