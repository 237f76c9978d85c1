import type { Scrape, SourceInfo } from "@argus/core";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";

import { Boot, bootAfter } from "./boot.ts";
import { preselected, SourceChoice } from "./source-choice.ts";

const scrapeOf = (state: string, ...sources: { state: string; new?: number }[]) =>
  ({ state, sources: sources.map((part) => ({ new: 0, changed: 0, unchanged: 0, ...part })) }) as Scrape;

describe("bootAfter", () => {
  it("shows nothing before it is known whether there are cameras", () =>
    expect(bootAfter("unknown", null, null)).toBe("unknown"));
  it("offers the sources of an empty registry", () => expect(bootAfter("unknown", 0, null)).toBe("open"));
  it("does not greet whoever has cameras", () =>
    expect(bootAfter("unknown", 7, scrapeOf("running", { state: "running" }))).toBe("closed"));
  it("stays while a scrape has found nothing yet", () =>
    expect(bootAfter("open", 0, scrapeOf("running", { state: "running" }))).toBe("open"));
  it("closes with the first cameras stored", () => {
    expect(bootAfter("open", 0, scrapeOf("running", { state: "running", new: 3 }))).toBe("closed");
    expect(bootAfter("open", 3, null)).toBe("closed");
  });
  it("stays, cameras or not, while there is a failure to be read", () => {
    expect(bootAfter("open", 3, scrapeOf("running", { state: "running", new: 3 }, { state: "failed" }))).toBe("open");
    expect(bootAfter("open", 0, scrapeOf("failed", { state: "failed" }))).toBe("open");
  });
  it("never comes back by itself", () =>
    expect(bootAfter("closed", 0, scrapeOf("failed", { state: "failed" }))).toBe("closed"));
});

describe("Boot", () => {
  it("stays closed once closed by hand", () => {
    const cameras = signal<number | null>(null);
    const boot = new Boot(cameras, signal(null));
    cameras.value = 0;
    expect(boot.state.value).toBe("open");
    boot.close();
    cameras.value = null;
    cameras.value = 0;
    expect(boot.state.value).toBe("closed");
    boot.dispose();
  });
});

describe("preselected sources", () => {
  const source = (id: string, part: Partial<SourceInfo>) =>
    ({ id, enabled_by_default: false, state: "ready", camera_count: 0, ...part }) as SourceInfo;
  const sources = [
    source("demo", { enabled_by_default: true }),
    source("broken", { enabled_by_default: true, state: "broken" }),
    source("off", {}),
  ];

  it("are the defaults at first, but none that cannot run", () => expect([...preselected(sources)]).toEqual(["demo"]));
  it("are those in use later", () =>
    expect([...preselected([...sources, source("used", { camera_count: 4, state: "failed" })])]).toEqual(["used"]));

  it("are not ticked anew under the user's hands", () => {
    const known = signal<readonly SourceInfo[] | null>(null);
    const choice = new SourceChoice(known);
    known.value = sources;
    choice.toggle("demo");
    choice.toggle("off");
    known.value = [...sources];
    expect([...choice.chosen.value]).toEqual(["off"]);
    choice.dispose();
  });
});
