import process from "node:process";

import { createLog } from "../log.ts";
import type { Config } from "../config.ts";
import type { Terminal } from "../db/terminal.ts";
import type { Environment } from "../folders.ts";
import { packageFolder } from "../package.ts";
import { install, remove, update } from "./change.ts";
import type { SourcesCommand } from "./command-line.ts";
import { doctor } from "./doctor.ts";
import { list } from "./list.ts";
import { run } from "./scrape-out.ts";
import type { Surroundings } from "./surroundings.ts";

export type SourcesRun = {
  config: Config;
  env: Environment;
  terminal: Terminal;
  /** For the log, and nothing but it. */
  complain: (line: string) => void;
  signal: AbortSignal;
};

/** Does one command of `argus sources`; answers the process's exit code. */
export async function runSourcesCommand(
  command: SourcesCommand,
  { config, env, terminal, complain, signal }: SourcesRun,
): Promise<number> {
  const log = createLog(config.settings.log.level, complain);
  const where = { appFolder: packageFolder, dataDir: config.dataDir, signal, log };
  const at: Surroundings = { config, env, terminal, log, signal, where };
  switch (command.name) {
    case "install":
      return await install(command.what, at);
    case "list":
      return await list(command.json, at);
    case "update":
      return await update(command.source, at);
    case "remove":
      return await remove(command.source, at);
    case "doctor":
      return await doctor(command.online, at);
    case "run":
      return await run({ ...command, out: process.stdout }, at);
  }
}
