import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MAX_CELLS } from "../models/walls.ts";
import { type Direction, neighbour, placesOf, swapped, trimmed } from "./wall-grid.ts";

const directions: Direction[] = ["left", "right", "up", "down"];
const back = { left: "right", right: "left", up: "down", down: "up" } as const;
const cell = fc.option(fc.stringMatching(/^[a-e]:\d{1,3}$/u), { nil: null });
const cells = fc.array(cell, { maxLength: 40 });
const columns = fc.integer({ min: 1, max: 12 });

describe("the place beside another", () => {
  it("stays on the wall, and leads back", () => {
    fc.assert(
      fc.property(fc.nat(MAX_CELLS - 1), fc.constantFrom(...directions), columns, (at, direction, width) => {
        const beside = neighbour(at, direction, width);
        if (beside === null) return;
        expect(beside).toBeGreaterThanOrEqual(0);
        expect(beside).toBeLessThan(MAX_CELLS);
        expect(neighbour(beside, back[direction], width)).toBe(at);
      }),
    );
  });

  it.each([
    [0, "left", 3, null],
    [2, "right", 3, null],
    [2, "right", 4, 3],
    [1, "up", 3, null],
    [4, "up", 3, 1],
    [4, "down", 3, 7],
  ] as const)("of %i, %s, in %i columns is %j", (at, direction, width, expected) =>
    expect(neighbour(at, direction, width)).toBe(expected),
  );
});

describe("moving a camera", () => {
  it("loses none and makes none up", () => {
    fc.assert(
      fc.property(cells, fc.nat(50), fc.nat(50), (before, from, to) => {
        const after = swapped(before, from, to);
        const cameras = (of: readonly (string | null)[]) => of.filter((id) => id !== null).toSorted();
        expect(cameras(after)).toEqual(cameras(before));
        expect(after[to] ?? null).toBe(before[from] ?? null);
        expect(after.at(-1)).not.toBeNull();
      }),
    );
  });

  it("and moving it back leaves the wall as it was, but for empty places at the end", () => {
    fc.assert(
      fc.property(cells, fc.nat(50), fc.nat(50), (before, from, to) => {
        expect(swapped(swapped(before, from, to), from, to)).toEqual(trimmed(before));
      }),
    );
  });
});

it("draws whole rows with every camera on them, and one more to arrange", () => {
  fc.assert(
    fc.property(cells, columns, (some, width) => {
      const places = placesOf(some, width, false);
      expect(places % width).toBe(0);
      expect(places).toBeGreaterThanOrEqual(some.length);
      expect(places).toBeGreaterThan(0);
      expect(placesOf(some, width, true)).toBeGreaterThanOrEqual(places);
    }),
  );
});
