import type { ListedCamera } from "@argus/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { CameraBatches } from "./camera-batches.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const camera = (id: number): ListedCamera => ({ id: `one:${id}` }) as ListedCamera;

function batchesOf(size: number) {
  const writes: { ids: string[]; done: () => void; fail: (error: Error) => void }[] = [];
  const onFailure = vi.fn<(error: unknown) => void>();
  const batches = new CameraBatches({
    write: (cameras) =>
      new Promise((resolve, reject) => {
        writes.push({ ids: cameras.map(({ id }) => id), done: resolve, fail: reject });
      }),
    size,
    delayMs: 250,
    maxWaiting: 100,
    onFailure,
  });
  return { batches, writes, onFailure };
}

/** Whether a promise has settled after all that can settle has. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await vi.advanceTimersByTimeAsync(0);
  return settled;
}

it("writes a batch that is not full after its delay, and leaves no timer", async () => {
  const { batches, writes } = batchesOf(10);
  await batches.add(camera(1));
  await batches.add(camera(2));
  await vi.advanceTimersByTimeAsync(249);
  expect(writes).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(writes[0]?.ids).toEqual(["one:1", "one:2"]);
  writes[0]?.done();
  await batches.drain();
  expect(vi.getTimerCount()).toBe(0);
});

it("lets one batch fill while one is written, and then makes the source wait", async () => {
  const { batches, writes } = batchesOf(2);
  for (const id of [1, 2, 3]) await batches.add(camera(id));
  const fourth = batches.add(camera(4));
  expect(await isSettled(fourth)).toBe(false);
  expect(writes).toHaveLength(1);
  writes[0]?.done();
  await fourth;
  expect(writes[1]?.ids).toEqual(["one:3", "one:4"]);
});

it("writes what came while it wrote, without another full batch", async () => {
  const { batches, writes } = batchesOf(2);
  for (const id of [1, 2, 3]) await batches.add(camera(id));
  writes[0]?.done();
  await vi.advanceTimersByTimeAsync(250);
  expect(writes[1]?.ids).toEqual(["one:3"]);
});

it("writes nothing after a write has failed, and throws that error from then on", async () => {
  const { batches, writes, onFailure } = batchesOf(2);
  for (const id of [1, 2, 3]) await batches.add(camera(id));
  const fourth = batches.add(camera(4));
  const error = new Error("the disk is full");
  writes[0]?.fail(error);
  await expect(fourth).rejects.toBe(error);
  await expect(batches.add(camera(5))).rejects.toBe(error);
  await expect(batches.drain()).rejects.toBe(error);
  expect(onFailure.mock.calls).toEqual([[error]]);
  expect(writes).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
