import { describeError, isArgusError } from "@argus/core";

import { readCommandLine, USAGE } from "./command-line.ts";
import { loadConfig } from "./config.ts";
import { leaveSoon, outliveReaders } from "./leave.ts";
import { createLog } from "./log.ts";
import { version } from "./package.ts";
import { startServer } from "./server.ts";
import { stopSignal } from "./stop-signal.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const USER_ERRORS: ReadonlySet<string> = new Set(["ARGUS_USAGE_INVALID", "ARGUS_CONFIG_INVALID"]);

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function serve(flags: Parameters<typeof loadConfig>[0]): Promise<void> {
  const startedAt = performance.now();
  const config = await loadConfig(flags, process.env);
  const log = createLog(config.settings.log.level, complain);
  // Sources run in this process: a promise that one of them forgot must not take the server with it.
  process.on("unhandledRejection", (reason) =>
    log.error("a promise failed unheard", { reason: describeError(reason) }),
  );
  // Listened for first: whoever stops it while it starts is owed a clean end too.
  const stopped = stopSignal();
  await using server = await startServer({ config, env: process.env, log });
  log.debug("ready", { after_ms: Math.round(performance.now() - startedAt), data: config.dataDir });
  print(`Argus ${version} is ready: ${server.url}`);
  print(`Data: ${config.dataDir}   Settings: ${config.file ?? "defaults"}   Stop with Ctrl+C`);
  log.info("stopping", { signal: await stopped });
}

async function run(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args);
  if (command.name === "help") print(USAGE);
  else if (command.name === "version") print(version);
  else await serve(command.flags);
}

/** Runs one `argus` command to its end and sets the process's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  outliveReaders();
  try {
    await run(args);
  } catch (error) {
    const code = isArgusError(error) ? error.code : "ARGUS_UNEXPECTED";
    complain(`argus: ${describeError(error)} [${code}]`);
    if (!isArgusError(error) && error instanceof Error && error.stack !== undefined) complain(error.stack);
    process.exitCode = USER_ERRORS.has(code) ? EXIT_USAGE : EXIT_FAILED;
  }
  leaveSoon();
}
