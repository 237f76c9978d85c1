import { usageInvalid } from "../errors.ts";

const COMMON = `  --config <file>       settings file                            (ARGUS_CONFIG, default argus.toml
                        in the XDG config folder)
  --help                this text

The database is the one that the settings name: store.database_url or DATABASE_URL, default
argus.db in the data folder.
`;

const USAGE = `Usage: argus db <command> [options]

Commands
  migrate               bring the tables up to date, as a server does when it starts
  check                 look for damage
  backup <file>         copy everything into a new SQLite file, also while a server runs
  restore <file>        put a backup in the database's place
  stats                 engine, size and numbers

Options
${COMMON}
argus db <command> --help tells more.
`;

/** What `argus db <name> --help` says. */
const USAGES: Readonly<Record<DbCommand["name"], string>> = {
  migrate: `Usage: argus db migrate [options]

Brings the tables up to date, as a server does when it starts. An older Argus cannot open the
database any more afterwards.

Options
${COMMON}`,
  check: `Usage: argus db check [options]

Looks for damage in all of the database and names what it finds; then the exit code is 1.

Options
${COMMON}`,
  backup: `Usage: argus db backup <file> [options]

Copies everything into a new SQLite file and verifies it, also while a server runs and whichever
engine the database is on. A file that is there already is never overwritten.

Options
${COMMON}`,
  restore: `Usage: argus db restore <file> [options]

Verifies a backup and puts it in the database's place. No server may have the database open.

Options
  --overwrite           also where there are cameras already; an old SQLite file is kept beside
${COMMON}`,
  stats: `Usage: argus db stats [options]

Engine, place, schema version, size, rows of each table, and cameras by state.

Options
  --json                as JSON
${COMMON}`,
};

/** What is to be done with the database. */
export type DbCommand =
  | { name: "migrate" }
  | { name: "check" }
  | { name: "backup"; file: string }
  | { name: "restore"; file: string; overwrite: boolean }
  | { name: "stats"; json: boolean };

type DbOption = "json" | "overwrite";
type Read = { command: DbCommand; options: readonly DbOption[] };

/** The help that goes with the words after `argus db`. */
export function dbUsage(words: readonly string[]): string {
  const name = words[0] ?? "";
  return Object.hasOwn(USAGES, name) ? USAGES[name as DbCommand["name"]] : USAGE;
}

/**
 * The words after `argus db`, and the options that belong to them.
 * @throws ArgusError ARGUS_USAGE_INVALID naming the word that is not understood, or what is missing.
 */
export function readDbCommand(words: readonly string[], values: { json?: boolean; overwrite?: boolean }): Read {
  const [name = "", file] = words;
  switch (name) {
    case "migrate":
    case "check":
      refuseMore(words, 1);
      return { command: { name }, options: [] };
    case "stats":
      refuseMore(words, 1);
      return { command: { name, json: values.json ?? false }, options: ["json"] };
    case "backup":
      refuseMore(words, 2);
      return { command: { name, file: named(file, name) }, options: [] };
    case "restore":
      refuseMore(words, 2);
      return {
        command: { name, file: named(file, name), overwrite: values.overwrite ?? false },
        options: ["overwrite"],
      };
    default:
      throw usageInvalid(`there is no command "db ${name}"; see argus db --help`);
  }
}

function named(file: string | undefined, command: string): string {
  if (file === undefined || file === "") throw usageInvalid(`argus db ${command} needs a file; see argus db --help`);
  return file;
}

function refuseMore(words: readonly string[], most: number): void {
  const extra = words[most];
  if (extra !== undefined) throw usageInvalid(`"${extra}" is one word too many; see argus db --help`);
}
