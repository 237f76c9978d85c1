import { type Scrape, silentLog } from "@argus/core";
import { describe, expect, it } from "vitest";

import { keepLinked } from "./keep-linked.ts";

const RUNNING: Scrape = {
  id: "s",
  state: "running",
  sources: [],
  started_at: "2026-11-21T00:00:00.000Z",
  finished_at: null,
};
const ENDED: Scrape = { ...RUNNING, state: "complete", finished_at: "2026-11-21T00:00:01.000Z" };

/** Tells of one scrape that has ended, beside which another runs for as many looks as are given. */
async function linkAfter({ looks, patienceMs }: { looks: number; patienceMs?: number }) {
  const told: string[] = [];
  const stopping = new AbortController();
  let left = looks;
  const scrapes = {
    async *subscribe() {
      yield { scrape: RUNNING };
      yield { scrape: ENDED };
    },
    current() {
      told.push("look");
      left -= 1;
      return left < 0 ? null : RUNNING;
    },
  };
  const store = {
    linkDuplicates: async () => {
      told.push("link");
      return { compared: 0, linked: 0, parted: 0 };
    },
  };
  const options = {
    signal: stopping.signal,
    log: silentLog,
    lookMs: 1,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  };
  await keepLinked(store, scrapes, options);
  return told.join(" ");
}

describe("keepLinked", () => {
  it("links at the start, and after a scrape that has ended", async () => {
    expect(await linkAfter({ looks: 0 })).toBe("link look link");
  });

  it("waits while another scrape runs", async () => {
    expect(await linkAfter({ looks: 2 })).toBe("link look look look link");
  });

  it("does not wait for one that hangs for ever", async () => {
    expect(await linkAfter({ looks: Infinity, patienceMs: 3 })).toBe("link look look look look link");
  });
});
