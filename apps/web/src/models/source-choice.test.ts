import type { ScrapedSource, SourceInfo } from "@argus/core";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";

import { makeInfo } from "../sources/testing.ts";
import { preselected, SourceChoice } from "./source-choice.ts";
import { isUnread, namesOf, withDistinctNames } from "./source-facts.ts";

const info = makeInfo();

it("ticks what is enabled by default while nothing is in use, and what is in use later on", () => {
  const fresh = [
    info,
    { ...info, id: "quiet", enabled_by_default: false },
    { ...info, id: "keyless", state: "unconfigured" as const },
  ];
  expect([...preselected(fresh)]).toEqual(["demo"]);
  expect([...preselected([info, { ...info, id: "quiet", enabled_by_default: false, camera_count: 5 }])]).toEqual([
    "quiet",
  ]);
});

it("leaves a person's ticks alone when the sources change", () => {
  const sources = signal<readonly SourceInfo[] | null>([info]);
  const choice = new SourceChoice(sources);
  choice.toggle("demo");
  sources.value = [info, { ...info, id: "other" }];
  expect([...choice.chosen.value]).toEqual([]);
  choice.dispose();
});

it("knows a source that could be read and never was", () => {
  expect(isUnread(info)).toBe(true);
  expect(isUnread({ ...info, state: "unconfigured" })).toBe(false);
  expect(isUnread({ ...info, camera_count: 3 })).toBe(false);
  expect(isUnread({ ...info, last_scrape: { id: "1", state: "failed", finished_at: null } })).toBe(false);
});

it("ticks what is kept up to date, although it has no cameras yet", () =>
  expect([...preselected([info, { ...info, id: "fresh", enabled: true }])]).toEqual(["fresh"]));

it("ticks many at once, or takes their ticks away", () => {
  const choice = new SourceChoice(signal([info]));
  choice.set(["demo", "other"], true);
  expect([...choice.chosen.value]).toEqual(["demo", "other"]);
  choice.set(["demo"], false);
  expect([...choice.chosen.value]).toEqual(["other"]);
  choice.dispose();
});

it("names three of many", () => {
  const names = ["A", "B", "C", "D", "E"].map((name) => ({ name }));
  expect(namesOf(names)).toBe("A, B, C and 2 more");
  expect(namesOf(names.slice(0, 3))).toBe("A, B, C");
});

it("would scrape the ticks that are not being scraped, and those just scraped only when they are set anew", () => {
  const choice = new SourceChoice(signal<readonly SourceInfo[] | null>(null));
  choice.set(["a", "b", "c"], true);
  expect(choice.ready(null)).toEqual(["a", "b", "c"]);
  choice.send(["a", "b"]);
  const running = { sources: [part("a", "running"), part("b", "complete")] };
  expect(choice.ready(running)).toEqual(["c"]);
  choice.set(["b"], true);
  expect(choice.ready(running)).toEqual(["b", "c"]);
  expect(choice.ready(null)).toEqual(["a", "b", "c"]);
  choice.dispose();
});

function part(source_id: string, state: ScrapedSource["state"]): ScrapedSource {
  const none = { found: 0, new: 0, changed: 0, unchanged: 0, gone: 0, rejected: 0, rejections: [] };
  const times = { message: null, steps_done: null, steps_total: null, started_at: null, finished_at: null };
  return { source_id, state, ...none, ...times };
}

it("puts its id beside the name of a source that shares it with another", () => {
  const sources = [info, { ...info, id: "mine" }, { ...info, id: "other", name: "Other" }];
  expect(withDistinctNames(sources).map(({ name }) => name)).toEqual([
    "Demo cameras (demo)",
    "Demo cameras (mine)",
    "Other",
  ]);
});
