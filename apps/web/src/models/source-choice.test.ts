import type { SourceInfo } from "@argus/core";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";

import { isUnread, preselected, SourceChoice } from "./source-choice.ts";

const info: SourceInfo = {
  id: "demo",
  name: "Demo",
  description: "",
  enabled_by_default: true,
  required_env: [],
  missing_env: [],
  attribution: "",
  licence: "",
  terms_url: null,
  package: "argus-source-demo",
  version: "1.0.0",
  state: "ready",
  message: null,
  camera_count: 0,
  last_scrape: null,
};

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
