import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { keptFor } from "./kept-for.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const ctx = () => ({ options: { base_url: "https://api.example.org" } });

it("reads once for all that ask within the time, and then anew", async () => {
  const read = vi.fn(async (_ctx: object, list: string) => `${list} ${read.mock.calls.length}`);
  const list = keptFor(60, read);
  const one = ctx();
  expect(await Promise.all([list(one, "a"), list({ ...one }, "a"), list(one, "b")])).toEqual(["a 1", "a 1", "b 2"]);
  vi.advanceTimersByTime(59_999);
  expect(await list(one, "a")).toBe("a 1");
  vi.advanceTimersByTime(1);
  expect(await list(one, "a")).toBe("a 3");
});

it("keeps nothing for other options, and no failure", async () => {
  const read = vi.fn(async () => {
    if (read.mock.calls.length === 1) throw new Error("out of order");
    return read.mock.calls.length;
  });
  const list = keptFor(60, read);
  const one = ctx();
  await expect(list(one)).rejects.toThrow("out of order");
  expect(await list(one)).toBe(2);
  expect(await list(ctx())).toBe(3);
});
