import assert from "node:assert/strict";

import { sample } from "../sample.ts";
import { type Check, eachId } from "./check.ts";

const MANY = Array.from({ length: 5000 }, (_, n) => sample(`a:${String(n).padStart(4, "0")}`));

export const READING: readonly Check[] = [
  {
    name: "facets count under the same filter, most first",
    async run({ store }) {
      await store.upsert([
        sample("a:1", { country: "GB", city: "London", tags: ["road", "road"] }),
        sample("a:2", { country: "GB", city: "Leeds", tags: ["road", "bridge"] }),
        sample("b:1", { country: "FR", stream_kind: "jpeg" }),
      ]);
      assert.deepEqual(await store.facets({}), {
        source: [
          { value: "a", count: 2 },
          { value: "b", count: 1 },
        ],
        country: [
          { value: "GB", count: 2 },
          { value: "FR", count: 1 },
        ],
        region: [],
        city: [
          { value: "Leeds", count: 1 },
          { value: "London", count: 1 },
        ],
        kind: [
          { value: "mjpeg", count: 2 },
          { value: "jpeg", count: 1 },
        ],
        tag: [
          { value: "road", count: 2 },
          { value: "bridge", count: 1 },
        ],
        health: [{ value: "unknown", count: 3 }],
      });
      const bridges = await store.facets({ tag: ["bridge"] });
      assert.deepEqual(bridges.city, [{ value: "Leeds", count: 1 }]);
      assert.deepEqual(bridges.tag, [
        { value: "bridge", count: 1 },
        { value: "road", count: 1 },
      ]);
    },
  },
  {
    name: "facets list at most 200 values",
    async run({ store }) {
      await store.upsert(Array.from({ length: 300 }, (_, n) => sample(`a:${n}`, { city: `City ${n}` })));
      assert.equal((await store.facets({})).city.length, 200);
    },
  },
  {
    name: "each gives every camera once, in the order of ids",
    async run({ store }) {
      await store.upsert(MANY.toReversed());
      assert.deepEqual(
        await eachId(store, {}),
        MANY.map(({ id }) => id),
      );
      assert.deepEqual(await eachId(store, { q: "0007" }), ["a:0007"]);
    },
  },
  {
    name: "each stops when its signal aborts",
    async run({ store }) {
      await store.upsert(MANY.slice(0, 1500));
      const abort = new AbortController();
      const found: string[] = [];
      await assert.rejects(async () => {
        for await (const { id } of store.each({}, { signal: abort.signal }))
          if (found.push(id) === 10) abort.abort(new Error("the reader left"));
      }, /the reader left/u);
      assert.equal(found.length, 10);
    },
  },
  {
    name: "findByUrl finds by exactly a stream or a snapshot URL, and follows changes",
    async run({ store }) {
      await store.upsert([sample("a:1", { stream_url: "https://x.org/1", snapshot_url: "https://x.org/s" })]);
      assert.equal((await store.findByUrl("https://x.org/1"))?.id, "a:1");
      assert.equal((await store.findByUrl("https://x.org/s"))?.id, "a:1");
      assert.equal(await store.findByUrl("https://x.org/"), null);
      await store.upsert([sample("a:1", { stream_url: "https://x.org/2", snapshot_url: null })]);
      assert.equal(await store.findByUrl("https://x.org/1"), null);
      assert.equal((await store.findByUrl("https://x.org/2"))?.id, "a:1");
    },
  },
  {
    name: "findByUrl knows a URL that several share, and prefers a camera that is not gone",
    async run({ store }) {
      const shared = { stream_url: "https://x.org/1", snapshot_url: "https://x.org/1" };
      await store.upsert([sample("a:1", shared), sample("b:1", shared), sample("b:2", shared)]);
      assert.equal((await store.findByUrl("https://x.org/1"))?.id, "a:1");
      await store.markGone("a", new Set());
      assert.equal((await store.findByUrl("https://x.org/1"))?.id, "b:1");
      await store.upsert([sample("b:1"), sample("b:2")]);
      assert.equal((await store.findByUrl("https://x.org/1"))?.id, "a:1");
      assert.equal(await store.get("none:1"), null);
    },
  },
];
