import { expect, it } from "vitest";

import { exampleSource, hostOf, listing, partOf, scrapeAll } from "./testing/example-source.ts";

const NOTICE = "These cameras are nobody's to look at.";
const noted = exampleSource("noted", listing("a", "b"), { needs_notice: NOTICE });

it("a source with a notice is not run before it is accepted, and says how that is done", async () => {
  const { host } = hostOf([noted]);
  expect(host.list()[0]).toMatchObject({ state: "unconfigured", message: expect.stringContaining(NOTICE) });
  await expect(host.start(["noted"])).rejects.toMatchObject({
    code: "ARGUS_SOURCE_UNCONFIGURED",
    message: expect.stringContaining("accept_notice = true in [sources.noted]"),
  });
  // The others run, and the settings are as they should be.
  expect(await host.settingsProblems()).toEqual([]);
});

it("one whose notice is accepted is", async () => {
  const { host } = hostOf([noted], { options: { noted: { accept_notice: true } } });
  expect(await host.settingsProblems()).toEqual([]);
  expect(partOf(await scrapeAll(host), "noted")).toMatchObject({ state: "complete", found: 2 });
});

it.each([["yes"], [1], [null]])("acceptance is true or false, and not %j", async (value) => {
  const { host } = hostOf([noted], { options: { noted: { accept_notice: value } } });
  expect(await host.settingsProblems()).toEqual([expect.stringMatching(/^\[sources\.noted\] accept_notice: /u)]);
});
