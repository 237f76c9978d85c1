import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { runningOf } from "./wall-players.ts";

const cell = (id: string, more: { plays?: boolean; inSight?: boolean } = {}) => ({
  id,
  plays: true,
  inSight: true,
  ...more,
});

describe("the pictures that run", () => {
  it("are the first that hang there", () =>
    expect([...runningOf([cell("a"), cell("b"), cell("c")], [], 2)]).toEqual(["a", "b"]));

  it("are rather those that were asked for, the last one above all", () =>
    expect([...runningOf([cell("a"), cell("b"), cell("c"), cell("d")], ["b", "d", "gone"], 2)]).toEqual(["d", "b"]));

  it("are in sight, and of a kind that plays", () =>
    expect([
      ...runningOf([cell("a", { plays: false }), cell("b", { inSight: false }), cell("c")], ["a", "b"], 4),
    ]).toEqual(["c"]));

  it("are never more than allowed", () => {
    const cells = fc.array(
      fc.record({ id: fc.stringMatching(/^[a-f]\d$/u), plays: fc.boolean(), inSight: fc.boolean() }),
    );
    fc.assert(
      fc.property(
        cells,
        fc.array(fc.stringMatching(/^[a-f]\d$/u)),
        fc.integer({ min: 0, max: 6 }),
        (all, asked, max) => {
          const running = runningOf(all, asked, max);
          expect(running.size).toBeLessThanOrEqual(max);
          for (const id of running) expect(all.some((one) => one.id === id && one.plays && one.inSight)).toBe(true);
        },
      ),
    );
  });
});
