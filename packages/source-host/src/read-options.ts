import type { ScrapeContext, Source } from "@argus/source-sdk";
import { describeIssues } from "@argus/core";

import { cutText, describeFault } from "./bounded-text.ts";

/** A source's options as its schema reads them, or what is wrong with them. */
export type ReadOptions = { options: ScrapeContext["options"]; problem: null } | { options: null; problem: string };

/** Reads options as they were configured; never throws. */
export function readOptions(source: Pick<Source, "options">, raw: unknown): ReadOptions {
  try {
    const parsed = source.options.safeParse(raw);
    const unknown = parsed.success ? unknownKeys(raw, parsed.data) : [];
    if (unknown.length > 0) return { options: null, problem: cutText(`unknown: ${unknown.join(", ")}`) };
    if (parsed.success) return { options: parsed.data, problem: null };
    return { options: null, problem: cutText(describeIssues(parsed.error)) };
  } catch (error) {
    return { options: null, problem: `cannot be checked: ${describeFault(error)}` };
  }
}

/** A misspelt option would be ignored in silence; every option has a default, so one that is known comes out. */
function unknownKeys(raw: unknown, read: object): string[] {
  return typeof raw === "object" && raw !== null ? Object.keys(raw).filter((key) => !Object.hasOwn(read, key)) : [];
}
