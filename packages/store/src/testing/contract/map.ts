import assert from "node:assert/strict";

import { distanceKm } from "@argus/core";

import { sample } from "../sample.ts";
import type { Check } from "./check.ts";

const SPREAD = Array.from({ length: 60 }, (_, n) =>
  sample(`a:${String(n).padStart(2, "0")}`, {
    lat: ((n * 37) % 160) - 80,
    lon: ((n * 71) % 360) - 180,
    country: n % 3 === 0 ? "FR" : "GB",
  }),
);

export const MAP: readonly Check[] = [
  {
    name: "nearest gives the nearest of a filter, however far",
    async run({ store }) {
      await store.upsert([...SPREAD, sample("a:nowhere", { country: "FR" })]);
      for (const at of [
        { lon: 179.9, lat: 10 },
        { lon: 0, lat: 89 },
        { lon: -60, lat: -33 },
      ]) {
        const near = SPREAD.filter(({ country }) => country === "FR").map(({ id, lat, lon }) => ({
          id,
          km: distanceKm(at, { lat: lat ?? 0, lon: lon ?? 0 }),
        }));
        const expected = near.toSorted((a, b) => a.km - b.km).slice(0, 5);
        const found = await store.nearest(at, { limit: 5, filter: { country: ["FR"] } });
        assert.deepEqual(
          found.map(({ camera }) => camera.id),
          expected.map(({ id }) => id),
        );
        found.forEach(({ km }, n) => assert.ok(Math.abs(km - (expected[n]?.km ?? 0)) < 0.001));
      }
      assert.deepEqual(await store.nearest({ lon: 0, lat: 0 }, { limit: 0 }), []);
    },
  },
  {
    name: "extent is the smallest box, across the antimeridian where that is smaller",
    async run({ store }) {
      assert.deepEqual(await store.extent({}), { bbox: null, located: 0 });
      await store.upsert([
        sample("a:1", { lat: 10, lon: 179 }),
        sample("a:2", { lat: -5, lon: -178 }),
        sample("a:3"),
        sample("b:1", { lat: 50, lon: 0 }),
      ]);
      assert.deepEqual(await store.extent({ source: ["a"] }), { bbox: [179, -5, -178, 10], located: 2 });
      assert.deepEqual(await store.extent({ source: ["b"] }), { bbox: [0, 50, 0, 50], located: 1 });
    },
  },
  {
    name: "a tile is there wherever cameras are, and empty elsewhere; what is no tile is refused",
    async run({ store }) {
      await store.upsert([sample("a:1", { lat: 10, lon: 10 })]);
      assert.ok((await store.tile({ z: 0, x: 0, y: 0 }, {})).length > 0);
      assert.equal((await store.tile({ z: 0, x: 0, y: 0 }, { source: ["b"] })).length, 0);
      assert.equal((await store.tile({ z: 3, x: 0, y: 0 }, {})).length, 0);
      await store.markGone("a", new Set());
      assert.equal((await store.tile({ z: 0, x: 0, y: 0 }, {})).length, 0);
      for (const address of [
        { z: 0, x: 1, y: 0 },
        { z: -1, x: 0, y: 0 },
        { z: 2.5, x: 0, y: 0 },
        { z: 40, x: 0, y: 0 },
      ])
        await assert.rejects(store.tile(address, {}), { code: "ARGUS_TILE_INVALID" });
    },
  },
];
