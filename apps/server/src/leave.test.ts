import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { expect, it } from "vitest";

const MAIN = join(import.meta.dirname, "main.ts");
const LEAVE = join(import.meta.dirname, "leave.ts");

function run(args: readonly string[]) {
  return spawn(process.execPath, ["--conditions=@argus/source", ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

it("ends the process although a timer was left behind, with the code that was set", { timeout: 20_000 }, async () => {
  const code = `import { leaveSoon } from ${JSON.stringify(LEAVE)}; setInterval(() => {}, 1000); process.exitCode = 3; leaveSoon();`;
  expect(await once(run(["--input-type=module", "-e", code]), "exit")).toEqual([3, null]);
});

it("does not fail where nobody reads what it prints", { timeout: 20_000 }, async () => {
  const child = run([MAIN, "--help"]);
  child.stdout.destroy();
  let said = "";
  child.stderr.on("data", (data: Buffer) => (said += data.toString()));
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(said).toBe("");
});
