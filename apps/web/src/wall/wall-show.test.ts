import type { Camera, Wall } from "@argus/core";
import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { WallShow } from "./wall-show.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("runs a few of the pictures in sight, shows stills of the others, and swaps them when asked", () => {
  const ids = ["a:1", "a:2", "a:3", "a:4", "a:5", "a:6"];
  const cameras = new Map(ids.map((id) => [id, { id, stream_kind: id === "a:2" ? "hls" : "mjpeg" } as Camera]));
  const inSight = signal<ReadonlySet<string>>(new Set(ids));
  const cells = [...ids, null];
  const board = {
    wall: signal({ cells } as Wall),
    arrangement: signal<{ columns: number; cells: (string | null)[] }>({ columns: 3, cells }),
    cameras: signal(cameras),
  };
  const show = new WallShow(board, { snapshotUrl: (id) => `/still/${id}` }, inSight);
  expect([...show.running.value]).toEqual(["a:1", "a:3", "a:4", "a:5"]);
  show.stills.done("a:2");
  expect([...show.stills.urls.value.keys()]).toEqual(["a:2", "a:6"]);
  board.arrangement.value = { columns: 3, cells: [...ids].toReversed() };
  expect([...show.running.value]).toEqual(["a:1", "a:3", "a:4", "a:5"]);
  show.ask("a:6");
  expect([...show.running.value]).toEqual(["a:6", "a:1", "a:3", "a:4"]);
  inSight.value = new Set();
  expect(show.running.value.size).toBe(0);
  show.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
