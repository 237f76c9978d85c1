import { paramRefused } from "../errors.ts";

/** RFC 3339: a time with its offset, or a day. */
const TIME = /^(?<day>\d{4}-\d{2}-\d{2})(?<time>[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2}))?$/u;
const OPEN: ReadonlySet<string> = new Set(["", ".."]);
const HOW = "must be a time like 2026-11-21T08:30:00Z, or two with a / between, of which one may be ..";

/** From and until, as ISO 8601 in UTC, both belonging to it; null where it is open. */
export type Interval = { from: string | null; until: string | null };

/**
 * Reads `datetime` of OGC API - Features: a time, or an interval that may be open at one end or both. A day stands for
 * all of it.
 * @throws ArgusError ARGUS_QUERY_INVALID
 */
export function readInterval(text: string): Interval {
  const [start = "", end = start, ...rest] = text.split("/");
  if (rest.length > 0 || text === "" || text === "..") throw paramRefused("datetime", HOW);
  const interval = { from: readTime(start, "T00:00:00.000Z"), until: readTime(end, "T23:59:59.999Z") };
  if (interval.from !== null && interval.until !== null && interval.from > interval.until) {
    throw paramRefused("datetime", "must not end before it begins");
  }
  return interval;
}

export function contains({ from, until }: Interval, time: string): boolean {
  return (from === null || time >= from) && (until === null || time <= until);
}

function readTime(text: string, timeOfDay: string): string | null {
  if (OPEN.has(text)) return null;
  const { day, time = timeOfDay } = TIME.exec(text)?.groups ?? {};
  const parsed = new Date(`${day}${time.toUpperCase()}`);
  // Date takes the 31st of February for the 3rd of March.
  if (day === undefined || Number.isNaN(parsed.getTime()) || !isDay(day)) throw paramRefused("datetime", HOW);
  return parsed.toISOString();
}

function isDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}
