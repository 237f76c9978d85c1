import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { STILL_EVERY_MS, Stills } from "./stills.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function harness(...ids: string[]) {
  const wanted = signal<readonly string[]>(ids);
  const asked: string[] = [];
  const stills = new Stills((id, at) => (asked.push(id), `${id}?at=${at}`), wanted);
  return { wanted, asked, stills };
}

it("are fetched one after the other, and each again when it is due", () => {
  const { asked, stills } = harness("a", "b");
  expect(asked).toEqual(["a"]);
  stills.done("b");
  expect(asked).toEqual(["a"]);
  stills.done("a");
  expect(asked).toEqual(["a", "b"]);
  stills.done("b");
  vi.advanceTimersByTime(STILL_EVERY_MS - 1);
  expect(asked).toEqual(["a", "b"]);
  vi.advanceTimersByTime(1);
  expect(asked).toEqual(["a", "b", "a"]);
  expect(stills.urls.value.get("a")).toContain("a?at=");
  stills.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

it("do not wait for ever for one that does not come", () => {
  const { asked, stills } = harness("a", "b");
  vi.advanceTimersByTime(60_000);
  expect(asked).toContain("b");
  stills.dispose();
});

it("are left alone for a while where there are none", () => {
  const { asked, stills } = harness("a");
  stills.done("a", false);
  vi.advanceTimersByTime(6 * STILL_EVERY_MS);
  expect(asked).toEqual(["a"]);
  vi.advanceTimersByTime(60 * STILL_EVERY_MS);
  expect(asked.length).toBeGreaterThan(1);
  stills.dispose();
});

it("are not fetched for a picture that runs or has gone, and at once for one that stops", () => {
  const { asked, stills, wanted } = harness("a");
  wanted.value = [];
  vi.advanceTimersByTime(60_000);
  expect(asked).toEqual(["a"]);
  wanted.value = ["c"];
  expect(asked).toEqual(["a", "c"]);
  stills.dispose();
});
