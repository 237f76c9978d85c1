import assert from "node:assert/strict";

import { sample, sampleScrape } from "../sample.ts";
import { type Check, eachId } from "./check.ts";

export const LIFE: readonly Check[] = [
  {
    name: "scrapes are kept newest first, replaced by id, each with the time of its last save",
    async run({ store, clock }) {
      const old = sampleScrape("1", "2026-11-20T00:00:00.000Z");
      const recent = sampleScrape("2", "2026-11-21T00:00:00.000Z");
      await store.saveScrape(recent);
      await store.saveScrape(old);
      const ended = { ...old, state: "complete" as const, finished_at: "2026-11-20T00:01:00.000Z" };
      const [before, after] = [clock.iso, clock.pass()];
      await store.saveScrape(ended);
      assert.deepEqual(await Promise.all(["1", "2", "3"].map((id) => store.savedAt(id))), [after, before, null]);
      assert.deepEqual(await store.scrapes(10), [recent, ended]);
      assert.deepEqual(await store.scrapes(1), [recent]);
      assert.deepEqual(await store.scrapes(-1), []);
    },
  },
  {
    name: "scrapes are forgotten past 500",
    async run({ store }) {
      for (let n = 0; n < 505; n += 1)
        await store.saveScrape(sampleScrape(String(n), new Date(n * 1000).toISOString()));
      const kept = await store.scrapes(1000);
      assert.deepEqual([kept.length, kept[0]?.id, kept.at(-1)?.id], [500, "504", "5"]);
    },
  },
  {
    name: "a store finishes what it was asked for when closed, and then refuses every call",
    async run({ store }) {
      const upsert = store.upsert([sample("a:1")]);
      await Promise.all([store.close(), store.close()]);
      assert.equal((await upsert).new, 1);
      await store.close();
      const calls: (() => Promise<unknown>)[] = [
        () => store.connect(),
        () => store.upsert([]),
        () => store.markGone("a", new Set()),
        () => store.retire([]),
        () => store.annotate([]),
        () => store.get("a:1"),
        () => store.findByUrl("https://x.org/"),
        () => store.page({}),
        () => store.facets({}),
        () => store.extent({}),
        () => store.tile({ z: 0, x: 0, y: 0 }, {}),
        () => store.nearest({ lon: 0, lat: 0 }, { limit: 1 }),
        () => store.changesSince(0, 1),
        () => store.scrapes(1),
        () => store.savedAt("1"),
        () => store.saveScrape(sampleScrape("1", "2026-11-21T00:00:00.000Z")),
        async () => store.countBySource(),
        () => eachId(store, {}),
      ];
      for (const call of calls) await assert.rejects(call, { code: "ARGUS_STORE_CLOSED" }, String(call));
    },
  },
  {
    name: "a running each ends with an error when its store is closed",
    async run({ store }) {
      await store.upsert(Array.from({ length: 600 }, (_, n) => sample(`a:${n}`)));
      const reading = async (): Promise<void> => {
        for await (const _ of store.each({})) await store.close();
      };
      await assert.rejects(reading, { code: "ARGUS_STORE_CLOSED" });
    },
  },
];
