// `pnpm start`: builds what is not built yet and runs the server, with the demo cameras in an empty registry.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { toolEnvironment } from "./environment.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const words = process.argv.slice(2).filter((word) => word !== "--");

process.stdout.write("Building Argus (a minute at the first start, a moment later on) …\n");
const built = spawnSync("turbo", ["run", "build", "--filter=@argus/server...", "--output-logs=errors-only"], {
  cwd: root,
  env: toolEnvironment(),
  stdio: ["ignore", "pipe", "inherit"],
  encoding: "utf8",
  shell: process.platform === "win32",
});
if (built.status !== 0) {
  process.stderr.write(`${built.stdout ?? ""}\nThe build failed; what it says is above.\n`);
  process.exit(built.status ?? 1);
}

process.argv.splice(2, process.argv.length, "serve", "--when-empty", "demo", ...words);
// Not a literal: the file is there only after the build, and the type check does not wait for that.
const command = new URL("../apps/server/dist/main.js", import.meta.url);
await import(command.href);
