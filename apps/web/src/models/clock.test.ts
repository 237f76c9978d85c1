import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { startClock, utcParts } from "./clock.ts";

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 23, 59, 58, 400) }));
afterEach(() => void vi.useRealTimers());

it("ticks at the start of each second, whatever time zone the machine is in", () => {
  const clock = startClock();
  expect(utcParts(clock.now.value)).toEqual({ date: "2026-11-21", time: "23:59:58" });
  vi.advanceTimersByTime(599);
  expect(utcParts(clock.now.value).time).toBe("23:59:58");
  vi.advanceTimersByTime(1);
  expect(utcParts(clock.now.value).time).toBe("23:59:59");
  vi.advanceTimersByTime(1000);
  expect(utcParts(clock.now.value)).toEqual({ date: "2026-11-22", time: "00:00:00" });
  clock.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
