import { parseArgs } from "node:util";

import type { ConfigFlags } from "./config.ts";
import { usageInvalid } from "./errors.ts";

export const USAGE = `Usage: argus <command> [options]

Commands
  serve                 start the server and the page

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
export type Command = { name: "serve"; flags: ConfigFlags } | { name: "help" } | { name: "version" };

/** @throws ArgusError ARGUS_USAGE_INVALID naming the word that is not understood. */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseWords(args);
  if (values.help || (positionals.length === 0 && !values.version)) return { name: "help" };
  if (values.version) return { name: "version" };
  const [command, extra] = positionals;
  if (command !== "serve") throw usageInvalid(`there is no command "${command}"; see argus --help`);
  if (extra !== undefined) throw usageInvalid(`"${extra}" is one word too many; see argus --help`);
  const { host, port, config } = values;
  return {
    name: "serve",
    flags: {
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(config !== undefined && { config }),
      whenEmpty: values["when-empty"] ?? [],
    },
  };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        host: { type: "string" },
        port: { type: "string" },
        config: { type: "string" },
        "when-empty": { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (error) {
    throw usageInvalid(`${error instanceof Error ? error.message : String(error)}; see argus --help`);
  }
}
