import type { Camera, Wall, WallInput } from "@argus/core";
import { describe, expect, it, vi } from "vitest";

import { Messages } from "../models/messages.ts";
import { Walls } from "../models/walls.ts";
import { isCamera, WallBoard } from "./wall-board.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function harness(cells: (string | null)[]) {
  let stored: Wall = { id: "w", name: "Night", columns: 2, cells, created_at: "t", updated_at: "t0" };
  const api = {
    wall: vi.fn(async () => stored),
    camera: vi.fn(async (id: string) => ({ id, name: id }) as Camera),
    saveWall: vi.fn(async (_id: string, input: WallInput, options: { unchangedSince?: string | null } = {}) => {
      if (options.unchangedSince !== undefined && options.unchangedSince !== stored.updated_at)
        throw Object.assign(new Error("changed meanwhile"), { code: "ARGUS_PERSONAL_CONFLICT" });
      stored = { ...stored, ...input, updated_at: `${stored.updated_at}+` };
      return stored;
    }),
  };
  const walls = new Walls(api as never, new Messages());
  const board = new WallBoard(api, walls, "w");
  await settled();
  return { api, board, elsewhere: (input: WallInput) => api.saveWall("w", input), stored: () => stored };
}

it("fetches each camera once, a few at a time, and says which are no more", async () => {
  const ids = Array.from({ length: 9 }, (_, at) => `a:${at}`);
  let most = 0;
  let now = 0;
  const { api, board } = await harness([]);
  api.camera.mockImplementation(async (id) => {
    most = Math.max(most, (now += 1));
    await settled();
    now -= 1;
    if (id === "a:3") throw new Error("no such camera");
    return { id, name: id } as Camera;
  });
  board.arrangement.value = { columns: 3, cells: ids };
  await vi.waitFor(() => expect(board.cameras.value.size).toBe(9));
  expect(most).toBeLessThanOrEqual(3);
  expect(api.camera).toHaveBeenCalledTimes(9);
  expect(isCamera(board.cameras.value.get("a:2"))).toBe(true);
  expect(isCamera(board.cameras.value.get("a:3"))).toBe(false);
});

describe("arranging", () => {
  it("changes nothing that is stored before it is saved, and can be undone step by step", async () => {
    const { api, board } = await harness(["a:1", "b:2", null]);
    expect(board.edited.value).toBe(false);
    board.swap(0, 1);
    board.clear(1);
    board.widen(1);
    expect(board.arrangement.value).toEqual({ columns: 3, cells: ["b:2"] });
    board.undo();
    board.undo();
    expect(board.arrangement.value).toEqual({ columns: 2, cells: ["b:2", "a:1"] });
    board.undo();
    expect(board.edited.value).toBe(false);
    expect(board.canUndo.value).toBe(false);
    expect(api.saveWall).not.toHaveBeenCalled();
  });

  it("is stored when it is saved, with the name as it was", async () => {
    const { board, stored } = await harness(["a:1", "b:2"]);
    board.swap(0, 3);
    expect(await board.save()).toBe(true);
    expect(stored()).toMatchObject({ name: "Night", columns: 2, cells: [null, "b:2", null, "a:1"] });
    expect(board.edited.value).toBe(false);
  });

  it("is thrown away when asked", async () => {
    const { board } = await harness(["a:1"]);
    board.clear(0);
    board.discard();
    expect(board.arrangement.value.cells).toEqual(["a:1"]);
  });
});

describe("a wall that was changed elsewhere", () => {
  it("is not overwritten unasked, and nothing arranged is lost", async () => {
    const { board, elsewhere, stored } = await harness(["a:1", "b:2"]);
    await elsewhere({ name: "Day", columns: 2, cells: ["c:3"] });
    board.swap(0, 1);
    expect(await board.save()).toBe(false);
    expect(board.theirs.value?.cells).toEqual(["c:3"]);
    expect(stored().cells).toEqual(["c:3"]);
    expect(await board.save({ over: true })).toBe(true);
    expect(stored().cells).toEqual(["b:2", "a:1"]);
  });

  it("is taken as the other left it", async () => {
    const { board, elsewhere } = await harness(["a:1"]);
    await elsewhere({ name: "Day", columns: 4, cells: ["c:3"] });
    board.clear(0);
    await board.save();
    board.yield();
    expect(board.arrangement.value).toEqual({ columns: 4, cells: ["c:3"] });
    expect(board.edited.value).toBe(false);
  });
});

it("says why it could not be saved", async () => {
  const { api, board } = await harness(["a:1"]);
  api.saveWall.mockRejectedValueOnce(new Error("the disk is full"));
  board.clear(0);
  expect(await board.save()).toBe(false);
  expect(board.problem.value?.message).toBe("The disk is full.");
  expect(board.edited.value).toBe(true);
});
