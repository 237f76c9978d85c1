import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

const PATIENCE_MS = 45_000;

/** Runs a program to its end in a folder; npm, if it is that, without the network. One that hangs is killed. */
export async function runIn(
  folder: string,
  command: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, args, {
    cwd: folder,
    timeout: PATIENCE_MS,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Not those of the test runner that this is started from.
      NODE_OPTIONS: "",
      NO_COLOR: "1",
      npm_config_offline: "true",
      npm_config_update_notifier: "false",
    },
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: stripVTControlCharacters(output) };
}
