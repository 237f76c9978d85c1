import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { coalesce } from "./coalesce.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("runs at once, then at most once per interval, and never loses the last ask", () => {
  const work = vi.fn();
  const { ask } = coalesce(work, 2000);
  ask();
  expect(work).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 19; at += 1) {
    vi.advanceTimersByTime(100);
    ask();
  }
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(2);
  ask();
  expect(work).toHaveBeenCalledTimes(3);
});

it("leaves no timer behind", () => {
  const { ask, dispose } = coalesce(vi.fn(), 2000);
  ask();
  dispose();
  expect(vi.getTimerCount()).toBe(0);
});
