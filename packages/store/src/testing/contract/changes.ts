import assert from "node:assert/strict";

import type { CameraStore } from "../../camera-store.ts";
import { sample } from "../sample.ts";
import type { Check } from "./check.ts";

async function follow(
  store: CameraStore,
  since: number | string,
  limit: number,
): Promise<{ ids: string[]; next: string }> {
  const ids: string[] = [];
  let next = String(since);
  for (let more = true; more;) {
    const answer = await store.changesSince(next, limit);
    ids.push(...answer.cameras.map(({ id }) => id));
    assert.ok(answer.cameras.length <= limit);
    ({ next, more } = answer);
  }
  return { ids, next };
}

export const CHANGES: readonly Check[] = [
  {
    name: "changesSince tells every camera that changed, in portions that split a batch and lose nothing",
    async run({ store }) {
      await store.upsert(Array.from({ length: 7 }, (_, n) => sample(`a:${n}`)));
      const first = await follow(store, 0, 3);
      assert.deepEqual(first.ids.toSorted(), ["a:0", "a:1", "a:2", "a:3", "a:4", "a:5", "a:6"]);
      assert.deepEqual(await follow(store, first.next, 3), { ids: [], next: first.next });
      await store.upsert([sample("a:3", { name: "x" }), sample("a:1")]);
      await store.markGone("a", new Set(["a:1", "a:3"]));
      const { ids } = await follow(store, first.next, 2);
      assert.deepEqual(ids.toSorted(), ["a:0", "a:2", "a:3", "a:4", "a:5", "a:6"]);
      assert.equal(ids[0], "a:3");
    },
  },
  {
    name: "changesSince counts from a change sequence too",
    async run({ store }) {
      await store.upsert([sample("a:1")]);
      const before = store.changeSequence;
      await store.upsert([sample("a:2")]);
      assert.deepEqual((await follow(store, before, 10)).ids, ["a:2"]);
    },
  },
  {
    name: "changesSince refuses a place that is none",
    async run({ store }) {
      for (const since of ["", "x", "1-", "-1", "1.5"])
        await assert.rejects(store.changesSince(since, 10), { code: "ARGUS_STORE_CURSOR_INVALID" });
    },
  },
];
