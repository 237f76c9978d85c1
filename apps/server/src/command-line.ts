import { parseArgs } from "node:util";

import type { ConfigFlags } from "./config.ts";
import { type DbCommand, dbUsage, readDbCommand } from "./db/command-line.ts";
import { usageInvalid } from "./errors.ts";
import { readSourcesCommand, type SourcesCommand, sourcesUsage } from "./sources/command-line.ts";

export const USAGE = `Usage: argus <command> [options]

Commands
  serve                 start the server and the page
  sources <command>     install and try sources; see argus sources --help
  db <command>          look after the database; see argus db --help

Options of serve
  --host <address>      address to listen on                     (ARGUS_HOST, default 127.0.0.1)
  --port <number>       port to listen on; 0 takes any free one  (ARGUS_PORT, default 8765)
  --config <file>       settings file                            (ARGUS_CONFIG, default argus.toml
                        in the XDG config folder)
  --when-empty <source> scrape this source while the registry holds no camera; may be repeated

  --help                this text
  --version             the version
`;

/** What a command line asks for. */
export type Command =
  | { name: "serve"; flags: ConfigFlags }
  | { name: "db"; flags: ConfigFlags; command: DbCommand }
  | { name: "sources"; flags: ConfigFlags; command: SourcesCommand }
  | { name: "help"; text: string }
  | { name: "version" };

/** Of all commands; each says which are its own. */
const OPTIONS = {
  host: { type: "string" },
  port: { type: "string" },
  config: { type: "string" },
  "when-empty": { type: "string", multiple: true },
  json: { type: "boolean" },
  overwrite: { type: "boolean" },
  online: { type: "boolean" },
  "accept-notice": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type OptionName = keyof typeof OPTIONS;
type Words = ReturnType<typeof parseWords>;

const SERVE_OPTIONS: readonly OptionName[] = ["host", "port", "config", "when-empty"];

/** @throws ArgusError ARGUS_USAGE_INVALID naming the word that is not understood. */
export function readCommandLine(args: readonly string[]): Command {
  const words = parseWords(args);
  const [command, ...rest] = words.positionals;
  if (command === "db") return readDb(words, rest);
  if (command === "sources") return readSources(words, rest);
  if (words.values.help || (command === undefined && !words.values.version)) return { name: "help", text: USAGE };
  if (words.values.version) return { name: "version" };
  if (command !== "serve") throw usageInvalid(`there is no command "${command}"; see argus --help`);
  if (rest[0] !== undefined) throw usageInvalid(`"${rest[0]}" is one word too many; see argus --help`);
  refuseOthers(words, SERVE_OPTIONS, "argus serve");
  const { host, port } = words.values;
  return {
    name: "serve",
    flags: {
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...configFlag(words),
      whenEmpty: words.values["when-empty"] ?? [],
    },
  };
}

function readDb(words: Words, rest: readonly string[]): Command {
  if (words.values.help || rest.length === 0) return { name: "help", text: dbUsage(rest) };
  const { command, options } = readDbCommand(rest, words.values);
  refuseOthers(words, ["config", ...options], `argus db ${command.name}`);
  return { name: "db", flags: configFlag(words), command };
}

function readSources(words: Words, rest: readonly string[]): Command {
  if (words.values.help || rest.length === 0) return { name: "help", text: sourcesUsage(rest) };
  const { command, options } = readSourcesCommand(rest, words.values);
  refuseOthers(words, ["config", ...options], `argus sources ${command.name}`);
  return { name: "sources", flags: configFlag(words), command };
}

function configFlag({ values: { config } }: Words): ConfigFlags {
  return config === undefined ? {} : { config };
}

/** Options that another command has would otherwise be passed over in silence. */
function refuseOthers({ values }: Words, own: readonly OptionName[], command: string): void {
  const other = (Object.keys(values) as OptionName[]).find((name) => !own.includes(name));
  if (other !== undefined) throw usageInvalid(`--${other} is no option of ${command}; see ${command} --help`);
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw usageInvalid(`${error instanceof Error ? error.message : String(error)}; see argus --help`);
  }
}
