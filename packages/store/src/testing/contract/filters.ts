import assert from "node:assert/strict";

import type { CameraFilter } from "@argus/core";

import type { CameraStore } from "../../camera-store.ts";
import { sample } from "../sample.ts";
import { type Check, eachId, idsOf } from "./check.ts";

const ALL = ["a:1", "a:2", "b:1", "b:2", "b:3", "b:4"];

const CASES: readonly [what: string, filter: CameraFilter, expected: readonly string[]][] = [
  ["nothing", {}, ALL],
  ["a word without its accents", { q: "sao paulo" }, ["a:1"]],
  ["accents that are not there", { q: "Súvà" }, ["b:2"]],
  ["words in any order and field, and how they begin", { q: "BRIDGE pont" }, ["a:1"]],
  ["a word in description or tags", { q: "bridge" }, ["a:1", "b:3"]],
  ["a text without a word", { q: "\0" }, []],
  ["words that are not all there", { q: "suva bridge" }, []],
  ["CJK within a text", { q: "高速" }, ["a:2"]],
  ["one CJK character", { q: "京" }, ["a:2"]],
  ["three CJK characters", { q: "都高速" }, ["a:2"]],
  ["Cyrillic in another case", { q: "МАЙДАН київ" }, ["b:1"]],
  ["letters as they are typed", { q: "lodz straße aero" }, ["b:4"]],
  ["signs that a query language would take for its own", { q: `suva" OR * (-)'; --` }, []],
  ["a word with signs round it", { q: `"(suva)*'` }, ["b:2"]],
  ["a source", { source: ["a"] }, ["a:1", "a:2"]],
  ["any of several countries", { country: ["BR", "JP"] }, ["a:1", "a:2"]],
  ["two fields at once", { country: ["FJ", "BR"], tag: ["bridge", "harbour"] }, ["a:1", "b:2"]],
  ["words and a field at once", { q: "bridge", country: ["FJ"] }, ["b:3"]],
  ["a region", { region: ["Fünen"] }, ["b:4"]],
  ["a city", { city: ["東京"] }, ["a:2"]],
  ["a value that no camera has", { city: ["Nowhere"] }, []],
  ["a kind", { kind: ["jpeg"] }, ["a:2"]],
  ["a health", { health: ["live"] }, []],
  ["health that nobody measured", { health: ["unknown", "live"] }, ALL],
  ["a box", { bbox: [-50, -30, 40, 60] }, ["a:1", "b:1"]],
  ["a box across the antimeridian", { bbox: [178, -20, -179, -10] }, ["b:2", "b:3"]],
  ["a circle, nearest first", { near: { lon: -179.9, lat: -17, km: 300 } }, ["b:3", "b:2"]],
  ["the gone", { gone: "yes" }, ["b:5"]],
  ["the gone too", { gone: "any" }, [...ALL, "b:5"]],
];

async function fill(store: CameraStore): Promise<void> {
  await store.upsert([
    sample("a:1", {
      name: "Ponte Estaiada",
      city: "São Paulo",
      country: "BR",
      lat: -23.6,
      lon: -46.7,
      tags: ["bridge", "road"],
    }),
    sample("a:2", { name: "首都高速 東京", city: "東京", country: "JP", lat: 35.7, lon: 139.7, stream_kind: "jpeg" }),
    sample("b:1", { name: "Майдан Незалежності", region: "Київ", country: "UA", lat: 50.45, lon: 30.52 }),
    sample("b:2", { name: "Suva harbour", country: "FJ", lat: -18.1, lon: 178.4, tags: ["harbour"] }),
    sample("b:3", { name: "Taveuni", country: "FJ", lat: -16.8, lon: -179.9, description: "over the bridge" }),
    sample("b:4", { name: "Łódź STRASSE Ærø", region: "Fünen" }),
    sample("b:5", { name: "Left long ago" }),
  ]);
  await store.markGone("b", new Set(["b:1", "b:2", "b:3", "b:4"]));
}

export const FILTERS: readonly Check[] = [
  ...CASES.map(([what, filter, expected]): Check => ({
    name: `a filter selects by ${what}`,
    async run({ store }) {
      await fill(store);
      assert.deepEqual(await idsOf(store, filter), expected);
      assert.equal((await store.page(filter)).total, expected.length);
      assert.deepEqual(await eachId(store, filter), expected.toSorted());
    },
  })),
  {
    name: "a search follows changes of the words",
    async run({ store }) {
      await store.upsert([sample("a:1", { name: "Old harbour" }), sample("a:2", { name: "New bridge" })]);
      assert.deepEqual(await idsOf(store, { q: "harbour" }), ["a:1"]);
      await store.upsert([sample("a:1", { name: "Old bridge" })]);
      assert.deepEqual(await idsOf(store, { q: "harbour" }), []);
      assert.deepEqual(await idsOf(store, { q: "bridge" }), ["a:1", "a:2"]);
      await store.markGone("a", new Set(["a:2"]));
      assert.deepEqual(await idsOf(store, { q: "bridge" }), ["a:2"]);
      assert.deepEqual(await idsOf(store, { q: "bridge", gone: "any" }), ["a:1", "a:2"]);
    },
  },
  {
    name: "a search takes tens of thousands of letters without harm",
    async run({ store }) {
      await store.upsert([sample("a:1", { name: "x".repeat(300), description: "y".repeat(2000) })]);
      assert.deepEqual(await idsOf(store, { q: "x".repeat(200) }), ["a:1"]);
      assert.deepEqual(await idsOf(store, { q: "xy" }), []);
    },
  },
];
