import { parseArgs } from "node:util";

import { usageInvalid } from "./errors.ts";
import type { Layout } from "./layout.ts";
import { SHAPES } from "./shape.ts";

const CALLS: Readonly<Record<Layout, string>> = {
  package: "npm create argus-source@latest [id] [-- options]",
  workspace: "pnpm new:source [id] [options]",
};
const FOLDERS: Readonly<Record<Layout, string>> = {
  package: "default ./<id>",
  workspace: "default sources/<id>",
};

const OPTIONS = {
  url: { type: "string" },
  name: { type: "string" },
  shape: { type: "string" },
  into: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/** What a command line asks for. */
export type CommandLine = {
  id: string | undefined;
  name: string | undefined;
  url: string | undefined;
  shape: string | undefined;
  into: string | undefined;
  help: boolean;
  version: boolean;
};

export function usage(layout: Layout): string {
  return `Usage: ${CALLS[layout]}

Writes a new source of cameras for Argus that passes its contract test as it is.
The id is lower-case words joined by hyphens, like my-city; on a terminal it asks for what is needed when there is none.

Options
  --url <address>   where the origin's list is     (default an invented one)
  --name <text>     what users of Argus see        (default from the id)
  --shape <shape>   what the origin answers with: ${SHAPES.join(", ")}
                                                   (default json)
  --into <folder>   where to write, an empty folder (${FOLDERS[layout]})
  --help            this text
  --version         the version
`;
}

/** @throws ArgusError ARGUS_USAGE_INVALID naming the word that is not understood. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parseWords(args);
  const [id, extra] = positionals;
  if (extra !== undefined) throw usageInvalid(`"${extra}" is one word too many`);
  const { name, url, shape, into, help = false, version = false } = values;
  return { id, name, url, shape, into, help, version };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw usageInvalid(error instanceof Error ? error.message : String(error));
  }
}
