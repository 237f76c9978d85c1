import assert from "node:assert/strict";

import { type CameraQuery, CameraSort, CameraQuery as CameraQuerySchema, type ListedCamera } from "@argus/core";

import { sample } from "../sample.ts";
import { type Check, wholeOf } from "./check.ts";

const NEAR = { lon: 179, lat: 10, km: 20_040 };

function longest(n: number): ListedCamera {
  return sample(`${"s".repeat(64)}:${"東".repeat(199)}${n}`, {
    name: '"東﷽\u0001'.repeat(75),
    lat: -17.12345678901234,
    lon: -1.2345678901234567e-100,
  });
}

export const PAGES: readonly Check[] = [
  {
    name: "pages put together are the whole list in its order, under every sort",
    async run({ store, clock }) {
      const names = ["Alpha", "alpha", "Älpha", "beta", "Beta 2", "Ω", "東", "x".repeat(120)];
      for (let batch = 0; batch < 3; batch += 1) {
        await store.upsert(
          names.map((name, n) => sample(`${"ab"[n % 2]}:${name.slice(0, 3)}${batch}`, { name, lat: n, lon: n * 20 })),
        );
        clock.pass();
      }
      for (const sort of CameraSort.options) {
        const whole = (await wholeOf(store, { sort, near: NEAR, limit: 1000 })).map(({ id }) => id);
        assert.equal(new Set(whole).size, names.length * 3, sort);
        for (const limit of [1, 5, 7])
          assert.deepEqual(
            (await wholeOf(store, { sort, near: NEAR, limit })).map(({ id }) => id),
            whole,
            `${sort} in pages of ${limit}`,
          );
        if (sort.startsWith("-"))
          assert.deepEqual(
            (await wholeOf(store, { sort: sort.slice(1) as CameraSort })).map(({ id }) => id),
            whole.toReversed(),
          );
      }
    },
  },
  {
    name: "pages neither repeat nor skip a camera while others come in between",
    async run({ store }) {
      const names = Array.from({ length: 30 }, (_, n) => sample(`a:${n}`, { name: `Name ${n % 7}` }));
      await store.upsert(names);
      const met: string[] = [];
      let cursor: string | null = null;
      let round = 0;
      do {
        const query: CameraQuery = { sort: "name", limit: 4, ...(cursor === null ? {} : { cursor }) };
        const page = await store.page(query);
        met.push(...page.cameras.map(({ id }) => id));
        cursor = page.next_cursor;
        round += 1;
        const others = [sample(`b:${round}`, { name: `Name ${round % 7}` }), sample(`c:${round}`, { name: "A" })];
        await store.upsert(others);
      } while (cursor !== null);
      assert.equal(new Set(met).size, met.length);
      assert.deepEqual(
        names.filter(({ id }) => !met.includes(id)),
        [],
      );
    },
  },
  {
    name: "pages refuse a cursor that is broken or of another order",
    async run({ store }) {
      await store.upsert([sample("a:1"), sample("a:2"), sample("a:3", { lat: 1, lon: 1 })]);
      const { next_cursor } = await store.page({ limit: 1 });
      assert.ok(next_cursor);
      for (const query of [
        { cursor: "" },
        { cursor: "no cursor" },
        { cursor: next_cursor.slice(0, -3) },
        { cursor: next_cursor, sort: "-id" as const },
        { cursor: next_cursor, near: NEAR },
      ])
        await assert.rejects(store.page(query), { code: "ARGUS_STORE_CURSOR_INVALID" });
    },
  },
  {
    name: "pages have cursors that the query schema accepts, however long ids and names are",
    async run({ store }) {
      await store.upsert([longest(1), longest(2)]);
      const near = { lon: -1.2345678901234567e-100, lat: -1.2345678901234567e-100, km: 20_040 };
      for (const sort of CameraSort.options) {
        const { cameras, next_cursor } = await store.page({ sort, near, limit: 1 });
        assert.ok(next_cursor);
        assert.ok(CameraQuerySchema.safeParse({ cursor: next_cursor }).success, sort);
        const next = await store.page({ sort, near, cursor: next_cursor });
        const ids = [...cameras, ...next.cameras].map(({ id }) => id).toSorted();
        assert.deepEqual(ids, [longest(1).id, longest(2).id], sort);
      }
    },
  },
];
