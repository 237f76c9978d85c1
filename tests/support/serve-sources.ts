// A server whose sources are those of the folder that TEST_SOURCES_FROM names; run in a process of its own.
import { createLog, loadConfig, startServer } from "@argus/server";

const config = await loadConfig({ port: "0" }, process.env);
const log = createLog("warn", (line) => process.stderr.write(`${line}\n`));
const server = await startServer({
  config,
  env: process.env,
  log,
  sourcesFrom: process.env["TEST_SOURCES_FROM"] ?? ".",
});
process.stdout.write(`Argus is ready: ${server.url}\n`);
process.once("SIGTERM", () => void server[Symbol.asyncDispose]());
