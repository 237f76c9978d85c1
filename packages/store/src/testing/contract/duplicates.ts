import assert from "node:assert/strict";

import type { ListedCamera } from "@argus/core";

import type { CameraStore } from "../../camera-store.ts";
import { sample } from "../sample.ts";
import { type Check, eachId, idsOf } from "./check.ts";

const PLACE = { lat: 51.5, lon: -0.1, city: "London", country: "GB" };
/** About 40 metres to the north. */
const NEAR = { ...PLACE, lat: 51.50036 };
const PICTURE = "https://pictures.example.org/tower-bridge.jpg";
const HIDE = { duplicates: "hide" } as const;

async function fill(store: CameraStore, ...cameras: [id: string, fields: Partial<ListedCamera>][]): Promise<void> {
  await store.upsert(cameras.map(([id, fields]) => sample(id, fields)));
}

/** Which camera stands for which. */
async function linksOf(store: CameraStore): Promise<Record<string, string>> {
  const links: Record<string, string> = {};
  for await (const { id, duplicate_of } of store.each({ gone: "any" }))
    if (duplicate_of !== null) links[id] = duplicate_of;
  return links;
}

async function link(store: CameraStore): Promise<Record<string, string>> {
  await store.linkDuplicates();
  return linksOf(store);
}

export const DUPLICATES: readonly Check[] = [
  {
    name: "one picture's URL, written in different ways, links cameras of different sources",
    async run({ store }) {
      await fill(
        store,
        ["a:1", { stream_url: "http://Pictures.example.org:80/cam.jpg?b=2&a=1&_=171#x", snapshot_url: null }],
        ["a:2", { stream_url: "https://pictures.example.org/cam.jpg?a=1&b=3", snapshot_url: null }],
        ["b:1", { snapshot_url: "https://pictures.example.org/cam.jpg?a=1&b=2" }],
        ["own:1", { snapshot_url: "https://pictures.example.org/cam.jpg?a=1&b=2" }],
      );
      assert.deepEqual(await store.linkDuplicates(), { compared: 5, linked: 1, parted: 0 });
      assert.deepEqual(await linksOf(store), { "b:1": "a:1" });
      assert.equal((await store.findByUrl("https://pictures.example.org/cam.jpg?a=1&b=2"))?.id, "b:1");
    },
  },
  {
    name: "a hidden duplicate is in no answer, and all of them agree; nothing is deleted",
    async run({ store }) {
      await fill(
        store,
        ["a:1", { ...PLACE, snapshot_url: PICTURE }],
        ["b:1", { ...NEAR, snapshot_url: PICTURE }],
        ["b:2", { ...NEAR }],
      );
      await store.linkDuplicates();
      assert.deepEqual(await idsOf(store, HIDE), ["a:1", "b:2"]);
      assert.equal((await store.page({ ...HIDE, limit: 1 })).total, 2);
      assert.deepEqual(await eachId(store, { ...HIDE, gone: "any" }), ["a:1", "b:2"]);
      assert.deepEqual(await eachId(store, { ...HIDE, source: ["b"] }), ["b:2"]);
      assert.deepEqual((await store.facets(HIDE)).source, [
        { value: "a", count: 1 },
        { value: "b", count: 1 },
      ]);
      assert.equal((await store.extent(HIDE)).located, 2);
      assert.equal((await store.nearest(NEAR, { limit: 5, filter: HIDE })).length, 2);
      const tile = { z: 0, x: 0, y: 0 };
      assert.notDeepEqual(await store.tile(tile, HIDE), await store.tile(tile, {}));
      assert.deepEqual(await eachId(store, {}), ["a:1", "b:1", "b:2"]);
      assert.equal(store.size, 3);
    },
  },
  {
    name: "everyone of a group tells the others, the one that stands for them first",
    async run({ store, clock }) {
      await fill(store, ["b:1", { snapshot_url: PICTURE }]);
      clock.pass();
      await fill(store, ["a:1", { snapshot_url: PICTURE }], ["c:1", { snapshot_url: PICTURE }], ["c:2", {}]);
      assert.deepEqual(await link(store), { "a:1": "b:1", "c:1": "b:1" });
      const others = async (id: string): Promise<string[]> => (await store.duplicatesOf(id)).map((camera) => camera.id);
      assert.deepEqual(await others("b:1"), ["a:1", "c:1"]);
      assert.deepEqual(await others("c:1"), ["b:1", "a:1"]);
      assert.deepEqual([await others("c:2"), await others("z:9")], [[], []]);
    },
  },
  {
    name: "four cameras of a junction are each linked to the one that looks the same way",
    async run({ store }) {
      const names = { name: "Main St @ 1st Avenue", ...PLACE };
      const headings = [0, 90, 180, 270];
      await fill(
        store,
        ...headings.map((heading_deg): [string, object] => [`a:${heading_deg}`, { ...names, heading_deg }]),
        ...headings.map((heading_deg): [string, object] => [
          `b:${heading_deg}`,
          { ...names, lat: NEAR.lat, name: "Camera at 1st Ave, Main Street", heading_deg: (heading_deg + 352) % 360 },
        ]),
      );
      assert.deepEqual(await link(store), { "b:0": "a:0", "b:90": "a:90", "b:180": "a:180", "b:270": "a:270" });
    },
  },
  {
    name: "names link only what is at one place, looks one way, and leaves no doubt",
    async run({ store }) {
      const named = (name: string, fields: object = {}): object => ({ ...PLACE, name, ...fields });
      await fill(
        store,
        ["a:city", named("London camera")],
        ["b:city", named("Webcam London")],
        ["a:number", named("Harbour view 1", { lat: 10 })],
        ["b:number", named("Harbour view 2", { lat: 10 })],
        ["a:way", named("Old bridge northbound", { lat: 20 })],
        ["b:way", named("Old bridge southbound", { lat: 20 })],
        ["a:far", named("Castle hill", { lat: 30 })],
        ["b:far", named("Castle hill", { lat: 30.001 })],
        ["a:half", named("Town gate", { lat: 40, heading_deg: 90 })],
        ["b:half", named("Town gate", { lat: 40 })],
        ["a:one", named("Market square", { lat: 50 })],
        ["a:two", named("Market square", { lat: 50 })],
        ["b:one", named("Market square", { lat: 50 })],
        ["a:same", named("St. Mary's church", { lat: 60 })],
        ["a:same2", named("St. Mary's church", { lat: 61 })],
        ["b:same", named("Cam St Mary's Church", { lat: 60.0002 })],
      );
      assert.deepEqual(await link(store), { "b:same": "a:same" });
    },
  },
  {
    name: "a picture that many cameras of one source share is a placeholder",
    async run({ store }) {
      const shared = { snapshot_url: "https://a.example.org/no-signal.jpg" };
      await fill(store, ["a:1", shared], ["a:2", shared], ["a:3", shared], ["b:1", shared]);
      assert.deepEqual(await link(store), { "b:1": "a:1" });
      await fill(store, ["a:4", shared]);
      assert.deepEqual(await link(store), {});
      await store.markGone("a", new Set(["a:1", "a:3", "a:4"]));
      assert.deepEqual(await link(store), { "b:1": "a:1" });
    },
  },
  {
    name: "the next one stands for a view when the first is gone, until it returns",
    async run({ store, clock }) {
      await fill(store, ["c:1", { snapshot_url: PICTURE }]);
      clock.pass();
      await fill(store, ["a:1", { snapshot_url: PICTURE }], ["b:1", { snapshot_url: PICTURE }]);
      const linked = { "a:1": "c:1", "b:1": "c:1" };
      assert.deepEqual(await link(store), linked);
      await store.markGone("c", new Set());
      assert.deepEqual(await link(store), { "b:1": "a:1" });
      await fill(store, ["c:1", { snapshot_url: PICTURE }]);
      assert.deepEqual(await link(store), linked);
    },
  },
  {
    name: "a link stays through scrapes, costs nothing when nothing changes, and is parted with the likeness",
    async run({ store }) {
      await fill(store, ["a:1", { snapshot_url: PICTURE }], ["b:1", { snapshot_url: PICTURE, tags: ["x"] }]);
      await store.linkDuplicates();
      const sequence = store.changeSequence;
      assert.deepEqual(await store.linkDuplicates(), { compared: 0, linked: 0, parted: 0 });
      assert.equal(store.changeSequence, sequence);
      await fill(store, ["b:1", { snapshot_url: PICTURE, tags: ["y"] }]);
      assert.deepEqual(await idsOf(store, HIDE), ["a:1"]);
      assert.deepEqual((await store.get("b:1"))?.duplicate_of, "a:1");
      await fill(store, ["a:1", { snapshot_url: "https://pictures.example.org/other.jpg" }]);
      assert.deepEqual(await store.linkDuplicates(), { compared: 3, linked: 0, parted: 1 });
      assert.deepEqual(await linksOf(store), {});
      assert.deepEqual(await idsOf(store, HIDE), ["a:1", "b:1"]);
    },
  },
  {
    name: "what a camera left behind is compared anew, wherever it went",
    async run({ store }) {
      const named = { ...PLACE, name: "Market square" };
      await fill(store, ["a:1", named], ["a:2", named], ["b:1", named]);
      assert.deepEqual(await link(store), {});
      await fill(store, ["a:2", { ...named, lat: 40 }]);
      assert.deepEqual(await link(store), { "b:1": "a:1" });
    },
  },
  {
    name: "linking that is given up goes on the next time",
    async run({ store }) {
      await fill(store, ["a:1", { snapshot_url: PICTURE }], ["b:1", { snapshot_url: PICTURE }]);
      await assert.rejects(store.linkDuplicates({ signal: AbortSignal.abort(new Error("enough")) }), /enough/u);
      assert.deepEqual(await link(store), { "b:1": "a:1" });
    },
  },
];
