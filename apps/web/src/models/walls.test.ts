import type { Wall, WallInput } from "@argus/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Messages } from "./messages.ts";
import { MAX_CELLS, Walls, withCamera } from "./walls.ts";

const wallOf = (id: string, cells: (string | null)[], updated_at = "t0"): Wall => ({
  id,
  name: id,
  columns: 2,
  cells,
  created_at: "t0",
  updated_at,
});

function harness(...stored: Wall[]) {
  const walls = new Map(stored.map((wall) => [wall.id, wall]));
  const api = {
    walls: vi.fn(async () => [...walls.values()]),
    wall: vi.fn(async (id: string) => walls.get(id) ?? wallOf(id, [])),
    createWall: vi.fn(async (input: WallInput): Promise<Wall> => ({ ...wallOf("new", []), ...input })),
    saveWall: vi.fn(async (id: string, input: WallInput, options?: { unchangedSince?: string | null }) => {
      const before = walls.get(id);
      if (options?.unchangedSince !== undefined && before?.updated_at !== options.unchangedSince)
        throw Object.assign(new Error("changed meanwhile"), { code: "ARGUS_PERSONAL_CONFLICT" });
      const wall = { ...wallOf(id, []), ...input, updated_at: `${before?.updated_at}+` };
      walls.set(id, wall);
      return wall;
    }),
    removeWall: vi.fn(async (id: string) => void walls.delete(id)),
  };
  const messages = new Messages();
  return { api, messages, walls: new Walls(api, messages), stored: walls };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a camera on a wall", () => {
  it("takes the first free place, is there once, and moves nothing", () => {
    const cell = fc.option(fc.stringMatching(/^[a-c]:[0-9]$/u), { nil: null });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 20 }), (cells) => {
        const more = withCamera(cells, "new:1");
        expect(more?.filter((id) => id === "new:1")).toHaveLength(1);
        expect(more?.map((id) => (id === "new:1" ? null : id)).slice(0, cells.length)).toEqual(cells);
        expect(withCamera(more ?? [], "new:1")).toBeNull();
      }),
    );
  });

  it("has no place on a full wall", () =>
    expect(
      withCamera(
        Array.from({ length: MAX_CELLS }, (_, at) => `a:${at}`),
        "new:1",
      ),
    ).toBeNull());

  it("does not undo what somebody else has changed meanwhile", async () => {
    const { api, walls, stored } = harness(wallOf("w", ["a:1"]));
    walls.load();
    await vi.advanceTimersByTimeAsync(0);
    await api.saveWall("w", { name: "w", columns: 2, cells: ["a:1", "b:2"] });
    expect(await walls.add(wallOf("w", ["a:1"]), "c:3")).toBe(true);
    expect(stored.get("w")?.cells).toEqual(["a:1", "b:2", "c:3"]);
    expect(walls.list.value?.[0]?.cells).toHaveLength(3);
  });

  it("is not added in silence where that fails", async () => {
    const { api, walls } = harness(wallOf("w", []));
    api.saveWall.mockRejectedValueOnce(new Error("no answer"));
    expect(await walls.add(wallOf("w", []), "a:1")).toBe(false);
    expect(walls.problem.value?.message).toBe("No answer.");
  });
});

it("comes back when its deletion is undone", async () => {
  const { messages, walls } = harness(wallOf("w", ["a:1", null]));
  walls.load();
  await vi.advanceTimersByTimeAsync(0);
  await walls.remove(wallOf("w", ["a:1", null]));
  expect(walls.list.value).toEqual([]);
  messages.current.value?.action?.act();
  await vi.advanceTimersByTimeAsync(0);
  expect(walls.list.value).toMatchObject([{ name: "w", columns: 2, cells: ["a:1", null] }]);
});
