import { describeError, isArgusError } from "@argus/core";

import { type Command, readCommandLine } from "./command-line.ts";
import { type ConfigFlags, loadConfig } from "./config.ts";
import { openTerminal } from "./db/terminal.ts";
import { interrupted } from "./errors.ts";
import { leaveSoon, outliveReaders } from "./leave.ts";
import { createLog } from "./log.ts";
import { version } from "./package.ts";
import { stopSignal } from "./stop-signal.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;
/** Every other error is EXIT_FAILED. */
const EXIT_CODES: Readonly<Record<string, number>> = {
  ARGUS_USAGE_INVALID: EXIT_USAGE,
  ARGUS_CONFIG_INVALID: EXIT_USAGE,
  ARGUS_INTERRUPTED: EXIT_INTERRUPTED,
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function serve(flags: ConfigFlags): Promise<void> {
  const startedAt = performance.now();
  const config = await loadConfig(flags, process.env);
  const log = createLog(config.settings.log.level, complain);
  // The demo's pictures are drawn in this process: a promise that somebody forgot must not take the server with it.
  process.on("unhandledRejection", (reason) =>
    log.error("a promise failed unheard", { reason: describeError(reason) }),
  );
  // Listened for first: whoever stops it while it starts is owed a clean end too.
  const stopped = stopSignal();
  // Each command loads what it needs: the whole of Argus takes longer than most commands.
  const { startServer } = await import("./server.ts");
  await using server = await startServer({ config, env: process.env, log });
  log.debug("ready", { after_ms: Math.round(performance.now() - startedAt), data: config.dataDir });
  print(`Argus ${version} is ready: ${server.url}`);
  print(`Data: ${config.dataDir}   Settings: ${config.file ?? "defaults"}   Stop with Ctrl+C`);
  log.info("stopping", { signal: await stopped });
}

async function db({ flags, command }: Extract<Command, { name: "db" }>): Promise<void> {
  const stopping = new AbortController();
  void stopSignal().then((signal) => stopping.abort(interrupted(signal)));
  const config = await loadConfig(flags, process.env);
  const terminal = openTerminal(process.stdout, process.stderr);
  const { runDbCommand } = await import("./db/run.ts");
  process.exitCode = await runDbCommand(command, { config, terminal, signal: stopping.signal });
}

async function sources({ flags, command }: Extract<Command, { name: "sources" }>): Promise<void> {
  const stopping = new AbortController();
  void stopSignal().then((signal) => stopping.abort(interrupted(signal)));
  const config = await loadConfig(flags, process.env);
  const terminal = openTerminal(process.stdout, process.stderr);
  const { runSourcesCommand } = await import("./sources/run.ts");
  const { signal } = stopping;
  process.exitCode = await runSourcesCommand(command, { config, env: process.env, terminal, complain, signal });
}

async function run(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args);
  if (command.name === "help") print(command.text);
  else if (command.name === "version") print(version);
  else if (command.name === "db") await db(command);
  else if (command.name === "sources") await sources(command);
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
    process.exitCode = EXIT_CODES[code] ?? EXIT_FAILED;
  }
  leaveSoon();
}
