// `node .ci/tool.ts turbo run dev`: runs a tool of the repository as its own scripts do, with telemetry off.
import { spawn } from "node:child_process";

import { ROOT, toolEnvironment } from "./environment.ts";

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error("say which tool to run: node .ci/tool.ts turbo run build");

const child = spawn(command, args, {
  cwd: ROOT,
  env: toolEnvironment(),
  stdio: "inherit",
  shell: process.platform === "win32",
});
// The terminal sends Ctrl-C to the tool as well; this process only waits for it to have stopped.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
