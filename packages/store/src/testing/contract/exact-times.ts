import assert from "node:assert/strict";

import { sample } from "../sample.ts";
import type { Check } from "./check.ts";

/** What a store with an index does besides: it remembers when a camera was seen again unchanged, at no row's cost. */
export const EXACT_TIMES: readonly Check[] = [
  {
    name: "being seen again unchanged renews the last time, and moves no sequence",
    async run({ store, clock }) {
      const first = clock.pass();
      await store.upsert([sample("a:1"), sample("a:2")]);
      const { changeSequence } = store;
      const second = clock.pass();
      await store.upsert([sample("a:1")]);
      const { cameras } = await store.page({ sort: "-last_seen_at" });
      assert.deepEqual(
        cameras.map(({ id, first_seen_at, last_seen_at }) => [id, first_seen_at, last_seen_at]),
        [
          ["a:1", first, second],
          ["a:2", first, first],
        ],
      );
      assert.equal((await store.get("a:1"))?.last_seen_at, second);
      assert.equal(store.changeSequence, changeSequence);
    },
  },
];
