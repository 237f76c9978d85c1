import { fileURLToPath } from "node:url";

const runsFromSource = import.meta.url.endsWith(".ts");

/** The program of a source's process: its source while this is source, its built file when built. */
export const childProgram: string = fileURLToPath(
  new URL(runsFromSource ? "../child/main.ts" : "./child/main.js", import.meta.url),
);

/** Under which conditions its imports, and those of the source, find the same files as the host's. */
export const childConditions: readonly string[] = runsFromSource ? ["@argus/source"] : [];
