import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { contains, readInterval } from "./datetime.ts";

describe("datetime", () => {
  it.each([
    ["2026-11-21T08:00:00Z", "2026-11-21T08:00:00.000Z", "2026-11-21T08:00:00.000Z"],
    ["2026-11-21t09:30:00.5+01:30", "2026-11-21T08:00:00.500Z", "2026-11-21T08:00:00.500Z"],
    ["2026-11-21", "2026-11-21T00:00:00.000Z", "2026-11-21T23:59:59.999Z"],
    ["2026-11-20/2026-11-21", "2026-11-20T00:00:00.000Z", "2026-11-21T23:59:59.999Z"],
    ["2026-11-21T08:00:00Z/..", "2026-11-21T08:00:00.000Z", null],
    ["../2026-11-21T08:00:00Z", null, "2026-11-21T08:00:00.000Z"],
    ["/2026-11-21", null, "2026-11-21T23:59:59.999Z"],
    ["2026-11-21/", "2026-11-21T00:00:00.000Z", null],
    ["../..", null, null],
  ])("%s is from %s until %s", (text, from, until) => {
    expect(readInterval(text)).toEqual({ from, until });
  });

  it.each([
    "",
    "..",
    "now",
    "2026",
    "2026-02-31",
    "2026-13-01",
    "2026-11-21T25:00:00Z",
    "2026-11-21T08:00:00",
    "2026-11-21 08:00:00Z",
    "2026-11-21/2026-11-20",
    "2026-11-20/2026-11-21/2026-11-22",
    "2026-02-31T08:00:00Z",
  ])("refuses %j", (text) => {
    expect(() => readInterval(text)).toThrow(expect.objectContaining({ code: "ARGUS_QUERY_INVALID" }));
  });

  it("contains its ends, and of two times that are not the order what lies between", () => {
    const time = fc
      .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(time, time, time, (a, b, c) => {
        const [from = "", until = ""] = [a, b].toSorted();
        const interval = readInterval(`${from}/${until}`);
        expect(interval).toEqual({ from, until });
        expect([contains(interval, from), contains(interval, until)]).toEqual([true, true]);
        expect(contains(interval, c)).toBe(Date.parse(c) >= Date.parse(from) && Date.parse(c) <= Date.parse(until));
      }),
    );
  });
});
