import type { Camera, ListedCamera } from "@argus/core";
import fc from "fast-check";
import { expect, it } from "vitest";

import { CameraStore } from "../camera-store.ts";
import { sample } from "../testing/sample.ts";

// So few places, names and pictures that nearly everything happens: crowds of likes, ties, chains and placeholders.
const SOURCES = ["a", "b", "c"];
const one = fc.record({
  source: fc.constantFrom(...SOURCES),
  n: fc.integer({ min: 1, max: 5 }),
  lat: fc.constantFrom(50, 50.0003, 50.0006, 50.0009, null),
  name: fc.constantFrom("Old bridge", "Old bridge east", "Market square", "Market"),
  heading_deg: fc.constantFrom(null, null, 0, 15, 30),
  stream: fc.constantFrom(null, null, "1.jpg", "2.jpg"),
  snapshot: fc.constantFrom(null, null, null, "1.jpg?_=7"),
});
const step = fc.record({
  listed: fc.uniqueArray(one, { selector: ({ source, n }) => `${source} ${n}`, maxLength: 10 }),
  /** Whether nothing else is listed any more. */
  isComplete: fc.boolean(),
});
type One = typeof one extends fc.Arbitrary<infer Value> ? Value : never;

/** Every run has a world of its own: its ids, its meridian, its pictures. */
function listedOf(world: number, { source, n, lat, stream, snapshot, ...fields }: One): ListedCamera {
  const picture = (scheme: string, path: string | null): string | null =>
    path && `${scheme}://e${world}.example/${path}`;
  return sample(`${source}:${world}-${n}`, {
    ...fields,
    lat,
    lon: lat === null ? null : (world % 300) - 150,
    stream_kind: "jpeg",
    stream_url: picture("https", stream),
    snapshot_url: picture("http", snapshot),
  });
}

// Everything is first seen at one moment, so that a store that was never told of the past knows as much.
function openStore(): CameraStore {
  return new CameraStore({ clock: () => Date.UTC(2026, 10, 21) });
}

async function present(store: CameraStore, world?: number): Promise<Camera[]> {
  const cameras: Camera[] = [];
  for await (const camera of store.each({}))
    if (world === undefined || camera.id.includes(`:${world}-`)) cameras.push(camera);
  return cameras;
}

const linksOf = (cameras: readonly Camera[]) => cameras.map(({ id, duplicate_of }) => [id, duplicate_of]);

it("comes to the same step by step, all at once, and in any order", async () => {
  await using store = openStore();
  await using other = openStore();
  let [world, linked] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), fc.nat(), async (steps, turn) => {
      world += 1;
      for (const { listed, isComplete } of steps) {
        const cameras = listed.map((camera) => listedOf(world, camera));
        await store.upsert(cameras);
        const kept = new Set(cameras.map(({ id }) => id));
        if (isComplete)
          await store.retire((await present(store, world)).map(({ id }) => id).filter((id) => !kept.has(id)));
        await store.linkDuplicates();
      }
      const cameras = await present(store, world);
      const sequence = store.changeSequence;
      await store.linkDuplicates();
      expect(store.changeSequence).toBe(sequence);
      const middle = turn % (cameras.length + 1);
      await other.upsert([...cameras.slice(middle), ...cameras.slice(0, middle)].toReversed());
      await other.linkDuplicates();
      expect(linksOf(cameras)).toEqual(linksOf(await present(other, world)));
      linked += cameras.filter(({ duplicate_of }) => duplicate_of !== null).length;
      for (const { duplicate_of, source_id } of cameras) {
        const first = cameras.find(({ id }) => id === duplicate_of);
        expect(first?.duplicate_of ?? null).toBe(null);
        if (duplicate_of !== null) expect(first?.source_id).not.toBe(source_id);
      }
    }),
    { numRuns: 30 },
  );
  expect(linked).toBeGreaterThan(10);
});

it("takes up what changes while it is at work, and what more cameras than a portion are", async () => {
  await using store = openStore();
  const both = (n: number, host = "e"): ListedCamera[] => [
    sample(`a:${n}`, { snapshot_url: `https://${host}.example/${n}.jpg` }),
    sample(`b:${n}`, { snapshot_url: `http://${host}.example/${n}.jpg?_=${n}` }),
  ];
  await store.upsert(Array.from({ length: 900 }, (_, n) => both(n)).flat());
  const linking = store.linkDuplicates();
  await store.upsert([...both(1, "other").slice(0, 1), ...both(2000)]);
  await linking;
  await store.linkDuplicates();
  const hidden = (await present(store)).filter(({ duplicate_of }) => duplicate_of !== null);
  expect(hidden).toHaveLength(900);
  expect(hidden.map(({ id }) => id)).not.toContain("b:1");
  expect(await store.duplicatesOf("a:2000")).toMatchObject([{ id: "b:2000" }]);
});
