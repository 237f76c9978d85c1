import { describeIssues } from "@argus/core";
import { z } from "zod";

import type { SourceCode } from "./source-code.ts";
import type { OptionIssue } from "./wire/to-host.ts";

/** Options by name. */
export type OptionValues = Readonly<Record<string, unknown>>;

const MIN_INTERVAL_S = 60;
const MAX_INTERVAL_S = 31 * 86_400;
const INTERVAL = "interval_s";
/** Stands among the options in the app's settings; elsewhere a notice is accepted apart from them. */
export const NOTICE = "accept_notice";

const OwnOptions = z.object({
  [INTERVAL]: z.int().min(MIN_INTERVAL_S).max(MAX_INTERVAL_S).optional(),
  [NOTICE]: z.boolean().optional(),
});

/** The host's own options, of every source whose schema has none of that name. */
export type OwnRead = {
  intervalS: number | null;
  /** Null when nothing is said. */
  hasAcceptedNotice: boolean | null;
  problem: string | null;
  issues: OptionIssue[];
};

/** The options that are the source's, and those that are the host's. */
export function splitOptions(source: SourceCode, options: OptionValues): { raw: OptionValues; own: OptionValues } {
  const isOwn = ([name]: [string, unknown]): boolean => isOwnOption(source, name);
  const entries = Object.entries(options);
  return {
    raw: Object.fromEntries(entries.filter((entry) => !isOwn(entry))),
    own: Object.fromEntries(entries.filter(isOwn)),
  };
}

export function isOwnOption(source: Pick<SourceCode, "optionsSchema">, name: string): boolean {
  return (name === INTERVAL || name === NOTICE) && !Object.hasOwn(propertiesOf(source.optionsSchema), name);
}

export function readOwnOptions(own: OptionValues): OwnRead {
  const { success, data, error } = OwnOptions.safeParse(own);
  if (!success)
    return {
      intervalS: null,
      hasAcceptedNotice: null,
      problem: describeIssues(error),
      issues: error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })),
    };
  return { intervalS: data[INTERVAL] ?? null, hasAcceptedNotice: data[NOTICE] ?? null, problem: null, issues: [] };
}

/** The schema of all that may be set about a source, the host's own included. */
export function wholeSchema({ optionsSchema, interval_s: usual }: SourceCode): Record<string, unknown> {
  const properties = propertiesOf(optionsSchema);
  if (Object.hasOwn(properties, INTERVAL)) return { ...optionsSchema };
  const interval = {
    type: "integer",
    title: "Seconds between two readings",
    description: `How often the origin's list is read again when the source is enabled, from ${MIN_INTERVAL_S} s to 31 days`,
    minimum: MIN_INTERVAL_S,
    maximum: MAX_INTERVAL_S,
    default: usual,
  };
  return { type: "object", ...optionsSchema, properties: { ...properties, [INTERVAL]: interval } };
}

/** The options that a JSON Schema of an object describes. */
export function propertiesOf(schema: OptionValues | null): OptionValues {
  const properties = schema?.["properties"];
  return typeof properties === "object" && properties !== null ? (properties as OptionValues) : {};
}
