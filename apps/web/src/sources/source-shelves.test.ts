import { expect, it } from "vitest";

import { wantsAttention } from "../models/source-facts.ts";
import { matches, shelve } from "./source-shelves.ts";
import { makeInfo } from "./testing.ts";

it("puts those in use first, then ready ones, then those that need something; within, what wants somebody first", () => {
  const sources = [
    makeInfo({ id: "key", state: "unconfigured" }),
    makeInfo({ id: "plain", name: "A plain one", enabled_by_default: false }),
    makeInfo({ id: "default", name: "Z default" }),
    makeInfo({ id: "calm", name: "A calm one", camera_count: 3 }),
    makeInfo({ id: "paused", name: "Z paused", camera_count: 3, state: "paused" }),
    makeInfo({ id: "unset", name: "Y", enabled: true, state: "unconfigured" }),
  ];
  expect(shelve(sources)).toEqual([
    { name: "used", title: "In use", ids: ["unset", "paused", "calm"] },
    { name: "ready", title: "Ready to read", ids: ["default", "plain"] },
    { name: "needs", title: "Need something first", ids: ["key"] },
  ]);
  expect(shelve([])).toEqual([]);
});

it.each([
  ["quebec", true],
  ["QUÉBEC cam", true],
  ["ontario", false],
  ["kept up", true],
  ["ameras", false],
  ["  ", true],
  ["finland", false],
  ["canada quebec", true],
])("finds a source by the beginnings of words of its name, region and state: %s", (filter, found) => {
  const source = makeInfo({
    name: "Québec 511",
    description: "Cameras of Montréal",
    region: "Québec, CA",
    enabled: true,
  });
  expect(matches(source, filter)).toBe(found);
});

it("wants somebody where a listing is held or a source does not go on by itself", () => {
  const states = ["ready", "failed", "held", "paused", "unconfigured", "broken"] as const;
  const wanting = (enabled: boolean) => states.filter((state) => wantsAttention({ state, enabled }));
  expect(wanting(false)).toEqual(["held", "paused"]);
  expect(wanting(true)).toEqual(["held", "paused", "unconfigured", "broken"]);
});
