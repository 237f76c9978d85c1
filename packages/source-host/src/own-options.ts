import { describeIssues } from "@argus/core";
import { z } from "zod";

import type { SourceCode } from "./source-code.ts";
import type { OptionIssue } from "./wire/to-host.ts";

/** Options by name. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** Stands among the options in the app's settings; elsewhere a notice is accepted apart from them. */
export const NOTICE = "accept_notice";

const DAY_S = 86_400;
/** The numbers that may be set about every source. */
const NUMBERS = {
  interval_s: {
    title: "Seconds between two readings",
    description: "How often the origin's list is read again when the source is enabled, from 60 s to 31 days",
    minimum: 60,
    maximum: 31 * DAY_S,
  },
  deadline_s: {
    title: "Most seconds for one reading",
    description:
      "A reading that takes longer is ended and has failed; the cameras it listed until then are kept. From 60 s to 6 hours",
    minimum: 60,
    maximum: 6 * 3600,
  },
  memory_mb: {
    title: "Most memory for one reading, in MB",
    description: "A source that needs more is ended and has failed. From 64 to 1024 MB",
    minimum: 64,
    maximum: 1024,
  },
} as const;
type OwnNumber = keyof typeof NUMBERS;

/** The most that each may be set to. */
export const MAX_DEADLINE_S: number = NUMBERS.deadline_s.maximum;
export const MAX_MEMORY_MB: number = NUMBERS.memory_mb.maximum;

const numberOf = ({ minimum, maximum }: { minimum: number; maximum: number }) =>
  z.int().min(minimum).max(maximum).optional();

const OwnOptions = z.object({
  interval_s: numberOf(NUMBERS.interval_s),
  deadline_s: numberOf(NUMBERS.deadline_s),
  memory_mb: numberOf(NUMBERS.memory_mb),
  [NOTICE]: z.boolean().optional(),
});

/** What is said about what a source's process may take; null where nothing is. */
export type Allowance = { deadlineS: number | null; memoryMb: number | null };

/** The host's own options, of every source whose schema has none of that name. */
export type OwnRead = Allowance & {
  /** Null when nothing is said, here and below. */
  intervalS: number | null;
  hasAcceptedNotice: boolean | null;
  problem: string | null;
  issues: OptionIssue[];
};

const NOTHING_SAID: OwnRead = {
  intervalS: null,
  deadlineS: null,
  memoryMb: null,
  hasAcceptedNotice: null,
  problem: null,
  issues: [],
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
  return Object.hasOwn(OwnOptions.shape, name) && !Object.hasOwn(propertiesOf(source.optionsSchema), name);
}

export function readOwnOptions(own: OptionValues): OwnRead {
  const { success, data, error } = OwnOptions.safeParse(own);
  if (!success) {
    const issues = error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
    return { ...NOTHING_SAID, problem: describeIssues(error), issues };
  }
  return {
    ...NOTHING_SAID,
    intervalS: data.interval_s ?? null,
    deadlineS: data.deadline_s ?? null,
    memoryMb: data.memory_mb ?? null,
    hasAcceptedNotice: data[NOTICE] ?? null,
  };
}

/**
 * The schema of all that may be set about a source, the host's own included; `usual` is what holds of those where
 * nothing is set.
 */
export function wholeSchema(
  { optionsSchema }: Pick<SourceCode, "optionsSchema">,
  usual: Readonly<Record<OwnNumber, number>>,
): Record<string, unknown> {
  const own = Object.entries(NUMBERS)
    .filter(([name]) => isOwnOption({ optionsSchema }, name))
    .map(([name, about]) => [name, { type: "integer", ...about, default: usual[name as OwnNumber] }] as const);
  return {
    type: "object",
    ...optionsSchema,
    properties: { ...propertiesOf(optionsSchema), ...Object.fromEntries(own) },
  };
}

/** The options that a JSON Schema of an object describes. */
export function propertiesOf(schema: OptionValues | null): OptionValues {
  const properties = schema?.["properties"];
  return typeof properties === "object" && properties !== null ? (properties as OptionValues) : {};
}
