import { z } from "zod";

/** ISO 8601 in UTC with `Z` and milliseconds, as `Date.prototype.toISOString` writes it. */
export const IsoTime = z.iso.datetime({
  precision: 3,
  error: "must be ISO 8601 in UTC, like 2026-11-21T08:30:00.000Z",
});
export type IsoTime = z.infer<typeof IsoTime>;

/** Milliseconds since 1970; injected wherever code asks for the time, so that tests own the clock. */
export type Clock = () => number;

/** The time `clock` tells, as an ISO string. */
export function isoNow(clock: Clock = Date.now): IsoTime {
  return new Date(clock()).toISOString();
}
