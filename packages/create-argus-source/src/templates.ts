import { readFile } from "node:fs/promises";

import { templateInvalid } from "./errors.ts";

// The same from src/ and from dist/.
const FOLDER = new URL("../templates/", import.meta.url);
const SLOT = /\{\{(?<name>[a-z]+)\}\}/giu;

/** A template's text, filled in. Every slot must have its value, and every value its slot. */
export async function readTemplate(file: string, values: Readonly<Record<string, string>> = {}): Promise<string> {
  const unused = new Set(Object.keys(values));
  const filled = (await readFile(new URL(file, FOLDER), "utf8")).replaceAll(SLOT, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw templateInvalid(`has a slot that nothing fills: ${name} in ${file}`);
    unused.delete(name);
    return value;
  });
  if (unused.size > 0) throw templateInvalid(`lacks a slot: ${[...unused].join(", ")} in ${file}`);
  return filled;
}
