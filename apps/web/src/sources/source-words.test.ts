import type { ScrapedSource, SourceInfo } from "@argus/core";
import { describe, expect, it } from "vitest";

import { makeInfo } from "./testing.ts";
import { partMore, partWords } from "./part-words.ts";
import { everySeconds, faultOf, lastRead, nextRead, stateWords } from "./source-words.ts";

describe("a source's state", () => {
  it.each([
    [{}, "Not read yet"],
    [{ camera_count: 4 }, "Read on demand"],
    [{ enabled: true }, "Kept up to date"],
    [{ message: "district 4 did not answer" }, "Incomplete"],
    [{ state: "unconfigured", missing_env: ["WINDY_API_KEY"], needs_notice: true }, "Needs WINDY_API_KEY"],
    [{ state: "unconfigured", needs_notice: true }, "Has a notice to accept"],
    [{ state: "unconfigured" }, "Needs settings"],
    [{ state: "held" }, "Needs your word"],
    [{ state: "paused" }, "Paused after failures"],
  ] as [Partial<SourceInfo>, string][])("of %o is said as %s", (part, words) =>
    expect(stateWords(makeInfo(part)).words).toBe(words),
  );

  it("is followed by what went wrong, but not by a notice of a thousand words", () => {
    const message = "the origin answers 503";
    expect(faultOf(makeInfo({ state: "failed", message }))).toBe(message);
    expect(faultOf(makeInfo({ state: "unconfigured", message }))).toBe(message);
    expect(faultOf(makeInfo({ state: "unconfigured", needs_notice: true, message }))).toBeNull();
    expect(faultOf(makeInfo({ state: "running", message }))).toBeNull();
    const last = { message: "failed 6 times in a row", last_failure: message };
    expect(faultOf(makeInfo({ state: "paused", ...last }))).toBe(message);
  });
});

it("tells when a source was read and is read next", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const read = (finished_at: string | null, state = "complete") =>
    lastRead({ last_scrape: { id: "1", state, finished_at } }, now);
  expect([read("2026-11-21T11:48:00Z"), read("2026-11-21T11:59:40Z"), read(null)]).toEqual([
    "read 12 min ago",
    "read just now",
    null,
  ]);
  expect(["partial", "failed", "cancelled"].map((state) => read("2026-11-21T12:00:00Z", state))).toEqual([
    "read just now",
    "tried just now",
    "stopped just now",
  ]);
  expect(nextRead({ next_run_at: "2026-11-21T14:00:01Z" }, now)).toBe("again in 2 h");
  expect(nextRead({ next_run_at: "2026-11-21T11:00:00Z" }, now)).toBe("again any moment");
  expect(nextRead({ next_run_at: null }, now)).toBeNull();
  expect([86_400, 5400, 600, 61].map((seconds) => everySeconds(seconds))).toEqual([
    "every day",
    "every 90 min",
    "every 10 min",
    "every 61 s",
  ]);
});

it("tells how a source's part of a scrape stands, and what it does while it runs", () => {
  const part = { state: "running", found: 1200, rejected: 0, message: "page 3", steps_done: 3, steps_total: 12 };
  const wordsOf = (more: object) => [
    partWords({ ...part, ...more } as ScrapedSource).words,
    ...partMore({ ...part, ...more } as ScrapedSource),
  ];
  expect(wordsOf({})).toEqual(["Being read", "3/12", "1,200 found", "page 3"]);
  expect(wordsOf({ state: "pending", found: 0, message: null, steps_total: null })).toEqual(["Waits for its turn"]);
  expect(wordsOf({ state: "failed", rejected: 4 })).toEqual(["Failed", "1,200 found", "4 turned away"]);
});
