import type { CameraFilter } from "@argus/core";
import { describe, expect, it, vi } from "vitest";

import type { TileAddress, TileData } from "../api.ts";
import { TileLoader } from "./tile-loader.ts";

type Call = { tile: TileAddress; filter: CameraFilter; answer: PromiseWithResolvers<TileData> };

const TILE = { z: 3, x: 4, y: 2 };
const OTHER = { z: 3, x: 5, y: 2 };
const signal = new AbortController().signal;
const dataOf = (text: string): TileData => ({ data: new TextEncoder().encode(text).buffer, etag: text });

function harness() {
  const calls: Call[] = [];
  const listener = { onBusy: vi.fn(), onProblem: vi.fn() };
  const loader = new TileLoader((tile, filter, left) => {
    const answer = Promise.withResolvers<TileData>();
    left.addEventListener("abort", () => answer.reject(left.reason));
    calls.push({ tile, filter, answer });
    return answer.promise;
  }, listener);
  return { calls, listener, loader };
}

describe("what a tile shows", () => {
  it("is what the filter selects, also when the filter has changed since it was asked for", async () => {
    const { calls, loader } = harness();
    loader.show({ q: "old" });
    const tile = loader.load(TILE, signal);
    loader.show({ q: "new" });
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    calls[0]?.answer.resolve(dataOf("old"));
    calls[1]?.answer.resolve(dataOf("new"));
    expect((await tile).etag).toBe("new");
    expect(calls[1]).toMatchObject({ tile: TILE, filter: { q: "new" } });
  });

  it("is asked for once more when the registry changes under way, though the filter stays", async () => {
    const { calls, loader } = harness();
    const tile = loader.load(TILE, signal);
    // The answer is there already, but of the time before.
    calls[0]?.answer.resolve(dataOf("before"));
    loader.show({});
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    calls[1]?.answer.resolve(dataOf("after"));
    expect((await tile).etag).toBe("after");
  });

  it("is not asked for again once nobody wants it", async () => {
    const { calls, loader, listener } = harness();
    const left = new AbortController();
    const tile = loader.load(TILE, left.signal);
    const reason = new Error("out of sight");
    left.abort(reason);
    await expect(tile).rejects.toBe(reason);
    loader.show({ q: "new" });
    expect(calls).toHaveLength(1);
    expect(listener.onProblem.mock.calls.filter(([error]) => error !== null)).toEqual([]);
  });
});

describe("what is told", () => {
  it("is busy from the first tile to the last", async () => {
    const { calls, loader, listener } = harness();
    const both = [loader.load(TILE, signal), loader.load(OTHER, signal)];
    calls[0]?.answer.resolve(dataOf("a"));
    await both[0];
    expect(listener.onBusy.mock.calls).toEqual([[true]]);
    calls[1]?.answer.resolve(dataOf("b"));
    await both[1];
    expect(listener.onBusy.mock.calls).toEqual([[true], [false]]);
  });

  it("is a fault while a tile is missing; the tile comes with the next change", async () => {
    const { calls, loader, listener } = harness();
    const fault = new Error("the server is gone");
    const missing = loader.load(TILE, signal);
    calls[0]?.answer.reject(fault);
    await vi.waitFor(() => expect(listener.onProblem.mock.lastCall).toEqual([fault]));
    expect(listener.onBusy.mock.lastCall).toEqual([false]);
    const other = loader.load(OTHER, signal);
    calls[1]?.answer.resolve(dataOf("b"));
    await other;
    expect(listener.onProblem.mock.lastCall).toEqual([fault]);
    loader.show({});
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    calls[2]?.answer.resolve(dataOf("a"));
    expect((await missing).etag).toBe("a");
    expect(listener.onProblem.mock.lastCall).toEqual([null]);
  });

  it("is no fault any more when the missing tile is out of sight", async () => {
    const { calls, loader, listener } = harness();
    const left = new AbortController();
    const missing = loader.load(TILE, left.signal);
    calls[0]?.answer.reject(new Error("the server is gone"));
    await vi.waitFor(() => expect(listener.onProblem.mock.lastCall?.[0]).toBeInstanceOf(Error));
    left.abort();
    await expect(missing).rejects.toThrow();
    expect(listener.onProblem.mock.lastCall).toEqual([null]);
    expect(calls).toHaveLength(1);
  });
});
