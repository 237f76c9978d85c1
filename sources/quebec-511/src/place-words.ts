import { headingOf } from "@argus/source-sdk";

const IN_PARENTHESES = /\((?<words>[^()]+)\)/gu;
const LAST_PARENTHESES = /\((?<words>[^()\d]+)\)\s*$/u;

/** Where a camera looks, of a description like `Aut. 999 (westward) at …` or `… (direction ouest) …`; null when it says nothing. */
export function headingIn(description: string | null): number | null {
  for (const { groups } of description?.matchAll(IN_PARENTHESES) ?? []) {
    const heading = headingOf(groups?.["words"]);
    if (heading !== null) return heading;
  }
  return null;
}

/**
 * The town that a description ends with, `… (Exempleville)`. What is no name (a direction, an exit) is translated, so only
 * what both languages say alike is taken for one.
 */
export function townIn(english: string | null, french: string | null): string | null {
  const [town, ville] = [english, french].map((text) => LAST_PARENTHESES.exec(text ?? "")?.groups?.["words"]?.trim());
  return town !== undefined && town === ville && headingOf(town) === null ? town : null;
}
