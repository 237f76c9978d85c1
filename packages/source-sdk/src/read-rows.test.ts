import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { readRows } from "./read-rows.ts";

const Row = z.object({ id: z.string(), lat: z.number() });
const good = (id: string): unknown => ({ id, lat: 1 });

function collect(): { reject: (id: string, reason: string) => void; rejected: [string, string][] } {
  const rejected: [string, string][] = [];
  return { rejected, reject: (id, reason) => void rejected.push([id, reason]) };
}

describe("readRows", () => {
  it("keeps the good rows in order and rejects a bad one by its id and reason", () => {
    const ctx = collect();
    const rows = [good("a"), good("b"), { id: "c", lat: "1" }, good("d"), good("e")];
    const read = readRows(rows, Row, ctx, { idOf: (row) => (row as { id: string }).id });
    expect(read.map(({ id }) => id)).toEqual(["a", "b", "d", "e"]);
    expect(ctx.rejected).toEqual([["c", "lat: Invalid input: expected number, received string"]]);
  });

  it("names a row by the field or the path that holds its id", () => {
    const namesOf = (row: unknown, idOf: string) => {
      const ctx = collect();
      readRows([row], Row, ctx, { maxBadShare: 1, idOf });
      return ctx.rejected[0]?.[0];
    };
    expect(namesOf({ id: "c" }, "id")).toBe("c");
    expect(namesOf({ "@id": "c" }, "@id")).toBe("c");
    expect(namesOf({ properties: { number: 7 } }, "properties.number")).toBe("7");
    for (const row of [{ properties: null }, { properties: { number: {} } }, {}, null, 7])
      expect(namesOf(row, "properties.number")).toBe("row 1");
    expect(namesOf({}, "constructor.name")).toBe("row 1");
  });

  it("names a row by its number when it has no id, or idOf stumbles over it", () => {
    const ctx = collect();
    readRows([good("a"), null], Row, ctx, { maxBadShare: 1, idOf: (row) => (row as { id: string }).id });
    expect(ctx.rejected[0]?.[0]).toBe("row 2");
  });

  it("takes an origin's changed format for an error, not for a shorter list", () => {
    const rows = [good("a"), good("b"), {}, {}];
    expect(() => readRows(rows, Row, collect())).toThrow(
      expect.objectContaining({
        code: "ARGUS_SOURCE_FORMAT_CHANGED",
        message: expect.stringContaining("2 of 4 rows (50 %) are bad, the first: id:"),
      }),
    );
  });

  it("bears exactly the stated share of bad rows and not one more", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ok, bad, maxBadShare) => {
          const rows = [...Array.from({ length: ok }, (_, n) => good(`${n}`)), ...Array.from({ length: bad }, () => 0)];
          const read = (): unknown[] => readRows(rows, Row, collect(), { maxBadShare });
          if (bad > rows.length * maxBadShare) expect(read).toThrow("bad");
          else expect(read()).toHaveLength(ok);
        },
      ),
    );
  });

  it("refuses an empty list unless it is allowed", () => {
    expect(() => readRows([], Row, collect())).toThrow(
      expect.objectContaining({ code: "ARGUS_SOURCE_EMPTY", retryable: true }),
    );
    expect(readRows([], Row, collect(), { allowEmpty: true })).toEqual([]);
  });
});
