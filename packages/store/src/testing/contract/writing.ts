import assert from "node:assert/strict";

import type { ListedCamera } from "@argus/core";

import { sample } from "../sample.ts";
import type { Check } from "./check.ts";

const EVERY_FIELD: Partial<ListedCamera> = {
  name: "x",
  description: "x",
  lat: 1,
  lon: 2,
  country: "GB",
  region: "x",
  city: "x",
  heading_deg: 1,
  stream_url: "https://x.org/1",
  stream_kind: "hls",
  snapshot_url: null,
  page_url: "https://x.org/2",
  refresh_s: 5,
  tags: ["x"],
  manufacturer: "x",
  attribution: "x",
  licence: "x",
  terms_url: "https://x.org/3",
};

export const WRITING: readonly Check[] = [
  {
    name: "upsert counts what is new, changed and unchanged",
    async run({ store }) {
      assert.deepEqual(await store.upsert([sample("a:1"), sample("a:2")]), { new: 2, changed: 0, unchanged: 0 });
      const next = [sample("a:1"), sample("a:2", { tags: ["bridge"] }), sample("a:3")];
      assert.deepEqual(await store.upsert(next), { new: 1, changed: 1, unchanged: 1 });
      assert.deepEqual(await store.upsert(next), { new: 0, changed: 0, unchanged: 3 });
      assert.deepEqual(await store.upsert([]), { new: 0, changed: 0, unchanged: 0 });
      assert.equal(store.size, 3);
    },
  },
  {
    name: "upsert sees a change in every field a source owns, and keeps it",
    async run({ store }) {
      const listed = sample("a:1");
      await store.upsert([listed]);
      for (const [key, value] of Object.entries(EVERY_FIELD)) {
        Object.assign(listed, { [key]: value });
        assert.deepEqual(await store.upsert([listed]), { new: 0, changed: 1, unchanged: 0 }, key);
      }
      assert.partialDeepStrictEqual(await store.get("a:1"), listed);
      assert.partialDeepStrictEqual((await store.page({})).cameras, [listed]);
    },
  },
  {
    name: "upsert takes the last of several with one id, and counts it once",
    async run({ store }) {
      const counts = await store.upsert([sample("a:1", { name: "first" }), sample("a:1", { name: "last" })]);
      assert.deepEqual(counts, { new: 1, changed: 0, unchanged: 0 });
      assert.equal((await store.get("a:1"))?.name, "last");
    },
  },
  {
    name: "a store shares no object with its callers",
    async run({ store }) {
      const listed = sample("a:1", { tags: ["kept"] });
      await store.upsert([listed]);
      listed.name = "changed by the caller";
      listed.tags.push("added by the caller");
      const given = await store.get("a:1");
      given?.tags.push("added by a reader");
      for (const camera of [await store.get("a:1"), (await store.page({})).cameras[0]])
        assert.partialDeepStrictEqual(camera, { name: "Camera a:1", tags: ["kept"] });
    },
  },
  {
    name: "upsert keeps the first time, and renews the last of what changed",
    async run({ store, clock }) {
      const first = clock.pass();
      await store.upsert([sample("a:1"), sample("a:2")]);
      const second = clock.pass();
      await store.upsert([sample("a:1"), sample("a:2", { name: "changed" })]);
      const camera = (await store.page({ sort: "-id" })).cameras[0];
      assert.partialDeepStrictEqual(camera, { first_seen_at: first, last_seen_at: second, gone_at: null });
    },
  },
  {
    name: "concurrent upserts run one after the other",
    async run({ store }) {
      const all = Array.from({ length: 20 }, (_, n) => [sample("a:1", { name: `name ${n}` }), sample(`a:x${n}`)]);
      const counts = await Promise.all(all.map((batch) => store.upsert(batch)));
      assert.equal(
        counts.reduce((sum, { new: added }) => sum + added, 0),
        21,
      );
      assert.equal((await store.get("a:1"))?.name, "name 19");
    },
  },
  {
    name: "the change sequence moves when a camera changed, and only then",
    async run({ store }) {
      const steps: number[] = [store.changeSequence];
      const step = async (done: Promise<unknown>): Promise<void> => {
        await done;
        steps.push(store.changeSequence);
      };
      await step(store.upsert([sample("a:1"), sample("a:2")]));
      await step(store.upsert([sample("a:1")]));
      await step(store.markGone("a", new Set(["a:1", "a:2"])));
      await step(store.markGone("a", new Set(["a:1"])));
      await step(store.upsert([sample("a:2")]));
      const moved = steps.slice(1).map((sequence, at) => sequence - (steps[at] ?? 0));
      assert.deepEqual(moved, [1, 0, 0, 1, 1]);
    },
  },
  {
    name: "markGone marks what a complete scrape of the source did not list",
    async run({ store, clock }) {
      const seen = clock.pass();
      await store.upsert([sample("a:1"), sample("a:2"), sample("b:1")]);
      const now = clock.pass();
      assert.equal(await store.markGone("a", new Set(["a:1", "a:unknown"])), 1);
      assert.partialDeepStrictEqual(await store.get("a:1"), { gone_at: null, last_seen_at: now });
      assert.partialDeepStrictEqual(await store.get("a:2"), { gone_at: now, last_seen_at: seen });
      assert.partialDeepStrictEqual(await store.get("b:1"), { gone_at: null, last_seen_at: seen });
      assert.equal(await store.markGone("a", new Set(["a:1"])), 0);
      assert.equal(store.size, 2);
      assert.deepEqual(Object.fromEntries(store.countBySource()), { a: 1, b: 1 });
    },
  },
  {
    name: "a gone camera that is listed again is back, and counts as changed",
    async run({ store }) {
      await store.upsert([sample("a:1")]);
      await store.markGone("a", new Set());
      assert.equal(store.size, 0);
      assert.deepEqual(await store.upsert([sample("a:1")]), { new: 0, changed: 1, unchanged: 0 });
      assert.equal((await store.get("a:1"))?.gone_at, null);
      assert.deepEqual(Object.fromEntries(store.countBySource()), { a: 1 });
    },
  },
  {
    name: "retire takes cameras out by id, unknown and gone ones without a word",
    async run({ store, clock }) {
      await store.upsert([sample("own:1"), sample("own:2"), sample("own:3")]);
      const at = clock.pass();
      assert.equal(await store.retire(["own:1", "own:2", "own:2", "own:x"]), 2);
      assert.equal(await store.retire(["own:1"]), 0);
      assert.equal((await store.get("own:1"))?.gone_at, at);
      assert.equal(store.size, 1);
    },
  },
  {
    name: "what health checks and AI put on a camera stays when it is listed anew, goes, and comes back",
    async run({ store, clock }) {
      await store.upsert([sample("a:1"), sample("a:2")]);
      const found = { health_status: "live", health_reason: "moves", health_checked_at: clock.iso } as const;
      const told = { scene_description: "a road", intel_brief: "a brief", intel_brief_generated_at: clock.iso };
      assert.equal(
        await store.annotate([
          { id: "a:1", ...found },
          { id: "a:unknown", ...found },
        ]),
        1,
      );
      assert.equal(await store.annotate([{ id: "a:1", ...told }]), 1);
      await store.upsert([sample("a:1", { name: "changed" })]);
      await store.markGone("a", new Set());
      await store.upsert([sample("a:1", { name: "back" })]);
      assert.partialDeepStrictEqual(await store.get("a:1"), { ...found, ...told, name: "back", gone_at: null });
      assert.deepEqual((await store.facets({})).health, [{ value: "live", count: 1 }]);
      assert.equal((await store.page({ health: ["live"] })).total, 1);
    },
  },
  {
    name: "annotate refuses what is no finding, by name, and changes nothing",
    async run({ store }) {
      await store.upsert([sample("a:1")]);
      const wrong = { id: "a:1", name: "not a finding" };
      await assert.rejects(store.annotate([{ id: "a:1", health_status: "live" }, wrong]), {
        code: "ARGUS_STORE_ANNOTATION_INVALID",
        message: /name/u,
      });
      assert.equal((await store.get("a:1"))?.health_status, "unknown");
    },
  },
];
