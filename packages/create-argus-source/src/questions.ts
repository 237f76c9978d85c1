import { createInterface } from "node:readline/promises";

import { describeError, isArgusError } from "@argus/core";

import type { CommandLine } from "./command-line.ts";
import { checkId, defaultName, defaultUrl, planSource } from "./request.ts";
import { isShape, SHAPES } from "./shape.ts";

/** Where a person sits. */
export type Terminal = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream };

type Ask = (question: string, fallback: string | undefined, check: (answer: string) => void) => Promise<string>;

/**
 * Asks for what the command line did not say, and again when an answer cannot be used. Enter takes the default.
 * @throws an AbortError when the person gives up, with Ctrl+C or Ctrl+D.
 */
export async function askForSource(given: CommandLine, { input, output }: Terminal): Promise<CommandLine> {
  const lines = createInterface({ input, output });
  const leaving = new AbortController();
  lines.once("SIGINT", () => leaving.abort()).once("close", () => leaving.abort());
  const ask: Ask = async (question, fallback, check) => {
    for (;;) {
      const shown = fallback === undefined ? `${question}: ` : `${question} (${fallback}): `;
      const answer = (await lines.question(shown, { signal: leaving.signal })).trim() || (fallback ?? "");
      const problem = problemOf(() => check(answer));
      if (problem === null) return answer;
      output.write(`  ${problem}\n`);
    }
  };
  try {
    return await askAll(given, ask);
  } finally {
    lines.close();
  }
}

async function askAll(given: CommandLine, ask: Ask): Promise<CommandLine> {
  const id = given.id ?? (await ask("Id, lower-case words joined by hyphens, like my-city", undefined, checkId));
  const name = given.name ?? (await ask("Name", defaultName(id), (text) => void planSource({ id, name: text })));
  const shape =
    given.shape ??
    (await ask(`Shape of the answer: ${SHAPES.join(", ")}`, "json", (text) => void planSource({ id, shape: text })));
  const fallback = isShape(shape) ? defaultUrl(shape) : undefined;
  const url =
    given.url ?? (await ask("Address of the list", fallback, (text) => void planSource({ id, shape, url: text })));
  return { ...given, id, name, shape, url };
}

function problemOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (isArgusError(error)) return describeError(error);
    throw error;
  }
}
