import type { Log } from "@argus/core";

import type { Config } from "../config.ts";
import type { Terminal } from "../db/terminal.ts";
import type { Environment } from "../folders.ts";
import type { Where } from "./find-sources.ts";

/** What a command of `argus sources` works with. */
export type Surroundings = {
  config: Config;
  env: Environment;
  terminal: Terminal;
  log: Log;
  signal: AbortSignal;
  where: Where;
};

export const EXIT_DONE = 0;
export const EXIT_PROBLEMS = 1;
