import type { ScrapeContext, Source } from "@argus/source-sdk";
import { describeIssues } from "@argus/core/contract";

import { cutText, describeFault } from "./bounded-text.ts";
import { WIRE } from "./wire/bounds.ts";
import type { OptionIssue, OptionsRead } from "./wire/to-host.ts";

/** A source's options as its schema reads them, or what is wrong with them. */
export type ReadOptions =
  | { options: ScrapeContext["options"]; problem: null }
  | { options: null; problem: string; issues: OptionIssue[] };

/** Reads options as they were configured; never throws. */
export function readOptions(source: Pick<Source, "options">, raw: unknown): ReadOptions {
  try {
    const parsed = source.options.safeParse(raw);
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => issueOf(path.map(String).join("."), message));
      return refused(describeIssues(parsed.error), issues);
    }
    const unknown = unknownKeys(raw, parsed.data);
    if (unknown.length === 0) return { options: parsed.data, problem: null };
    return refused(
      `unknown: ${unknown.join(", ")}`,
      unknown.map((name) => issueOf(name, "unknown")),
    );
  } catch (error) {
    return refused(`cannot be checked: ${describeFault(error)}`, []);
  }
}

/** The same as the host is told. */
export function toOptionsRead(read: ReadOptions): OptionsRead {
  if (read.options !== null) return { problem: null, base_url: read.options.base_url, issues: [] };
  return { problem: read.problem, base_url: null, issues: read.issues };
}

function refused(problem: string, issues: readonly OptionIssue[]): ReadOptions {
  return { options: null, problem: cutText(problem), issues: issues.slice(0, WIRE.maxIssues) };
}

function issueOf(path: string, message: string): OptionIssue {
  return { path: cutText(path), message: cutText(message) };
}

/** A misspelt option would be ignored in silence; every option has a default, so one that is known comes out. */
function unknownKeys(raw: unknown, read: object): string[] {
  return typeof raw === "object" && raw !== null ? Object.keys(raw).filter((key) => !Object.hasOwn(read, key)) : [];
}
