import { resolve } from "node:path";

import { describeError, isArgusError } from "@argus/core";

import { type CommandLine, readCommandLine, usage } from "./command-line.ts";
import { type CreatedSource, createSource } from "./create-source.ts";
import { usageInvalid } from "./errors.ts";
import type { Layout } from "./layout.ts";
import { nextSteps } from "./next-steps.ts";
import { askForSource, type Terminal } from "./questions.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;
const MISUSED: ReadonlySet<string> = new Set(["ARGUS_USAGE_INVALID", "ARGUS_CREATE_INVALID"]);

/** What the command is handed by whoever runs it. */
export type Surroundings = {
  version: string;
  layout: Layout;
  /** The folder it is called in. */
  cwd: string;
  /** The folder that a source's own folder is made in, when none is named. Default: `cwd`. */
  parent?: string;
  print: (text: string) => void;
  complain: (text: string) => void;
  /** Null where nobody can be asked. */
  terminal: Terminal | null;
};

/** Runs the command to its end; `created` is null when nothing was written. Rejects for nothing but its own faults. */
export async function runCommand(
  args: readonly string[],
  around: Surroundings,
): Promise<{ exitCode: number; created: CreatedSource | null }> {
  try {
    return { exitCode: 0, created: await run(readCommandLine(args), around) };
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return { exitCode: EXIT_INTERRUPTED, created: null };
    if (!isArgusError(error)) throw error;
    around.complain(`${describeError(error)} [${error.code}]\n`);
    return { exitCode: MISUSED.has(error.code) ? EXIT_USAGE : EXIT_FAILED, created: null };
  }
}

async function run(said: CommandLine, around: Surroundings): Promise<CreatedSource | null> {
  const { layout, cwd, parent = cwd, print, terminal, version } = around;
  if (said.help || said.version) {
    print(said.help ? usage(layout) : `${version}\n`);
    return null;
  }
  const asked = said.id === undefined && terminal !== null ? await askForSource(said, terminal) : said;
  const { id, name, url, shape, into } = asked;
  if (id === undefined) throw usageInvalid("there is no id: give one, like my-city");
  const folder = into === undefined ? resolve(parent, id) : resolve(cwd, into);
  const created = await createSource({ id, name, url, shape, folder, layout });
  print(nextSteps(created, layout, cwd));
  return created;
}
