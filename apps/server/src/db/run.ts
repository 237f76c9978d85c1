import {
  backupDatabase,
  checkDatabase,
  type MaintenanceOptions,
  migrateDatabase,
  readDatabaseStats,
  restoreDatabase,
} from "@argus/store";

import type { Config } from "../config.ts";
import { makeDataFolder } from "../data-folder.ts";
import type { DbCommand } from "./command-line.ts";
import type { Terminal } from "./terminal.ts";
import { cameraCount, count, percent, size, statsLines } from "./text.ts";

const EXIT_DONE = 0;
const EXIT_PROBLEMS = 1;

type Surroundings = { url: string; terminal: Terminal; signal: AbortSignal };

/** Does one command of `argus db`; answers the process's exit code. */
export async function runDbCommand(
  command: DbCommand,
  { config, terminal, signal }: { config: Config; terminal: Terminal; signal: AbortSignal },
): Promise<number> {
  const at: Surroundings = { url: config.databaseUrl, terminal, signal };
  switch (command.name) {
    case "migrate":
      await makeDataFolder(config.dataDir);
      return migrate(at);
    case "check":
      return check(at);
    case "backup":
      return backup(command, at);
    case "restore":
      await makeDataFolder(config.dataDir);
      return restore(command, at);
    case "stats":
      return stats(command, at);
  }
}

async function migrate({ url, terminal }: Surroundings): Promise<number> {
  const { database, from, to } = await migrateDatabase(url);
  if (from === to) terminal.print(`${database} has schema version ${to} already; nothing was changed`);
  else if (from === 0) terminal.print(`${database} was made, with schema version ${to}`);
  else terminal.print(`${database} was brought from schema version ${from} to ${to}`);
  return EXIT_DONE;
}

async function check({ url, terminal, signal }: Surroundings): Promise<number> {
  terminal.progress("looking through the database …");
  const { cameras, problems } = await checkDatabase(url, { signal });
  for (const problem of problems) terminal.print(problem);
  const found =
    problems.length === 1 ? "1 problem" : `${problems.length === 0 ? "no" : count(problems.length)} problems`;
  terminal.print(`${found} found in ${cameraCount(cameras)}`);
  return problems.length === 0 ? EXIT_DONE : EXIT_PROBLEMS;
}

async function backup({ file }: { file: string }, at: Surroundings): Promise<number> {
  const { database, bytes, cameras } = await backupDatabase(at.url, file, watched(at, "backing up"));
  at.terminal.print(`${database}: ${cameraCount(cameras)} backed up to ${file} (${size(bytes)}), verified`);
  return EXIT_DONE;
}

async function restore({ file, overwrite }: { file: string; overwrite: boolean }, at: Surroundings): Promise<number> {
  const { database, cameras, kept } = await restoreDatabase(at.url, file, { ...watched(at, "restoring"), overwrite });
  at.terminal.print(`${database}: ${cameraCount(cameras)} restored from ${file}`);
  if (kept !== null) at.terminal.print(`The former database is kept as ${kept}`);
  return EXIT_DONE;
}

async function stats({ json }: { json: boolean }, { url, terminal }: Surroundings): Promise<number> {
  const found = await readDatabaseStats(url);
  for (const line of json ? [JSON.stringify(found, null, 2)] : statsLines(found)) terminal.print(line);
  return EXIT_DONE;
}

function watched({ terminal, signal }: Surroundings, doing: string): MaintenanceOptions {
  return { signal, onProgress: (progress) => terminal.progress(`${doing}: ${percent(progress)}`) };
}
