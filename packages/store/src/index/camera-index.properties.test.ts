import { type Camera, type CameraFilter, CameraSort, distanceKm, type Facets } from "@argus/core";
import fc from "fast-check";
import { expect, it } from "vitest";

import { writeCursor } from "../cursor.ts";
import { nameKey } from "../name-key.ts";
import { MemoryParts } from "../test-support/memory-parts.ts";
import { selects } from "../test-support/plain-filter.ts";
import { indexRowOf, sampleCamera } from "../test-support/index-rows.ts";
import { CameraIndex } from "./camera-index.ts";

/*
 * The index against a list of cameras that is filtered, sorted and counted in the plainest way, after any course of
 * changes, and of being written to a snapshot and read back.
 */
const SLOW_MS = 60_000;
const HOUR = 3_600_000;
const FIRST = Date.parse("2026-11-21T00:00:00.000Z");

const iso = (hour: number): string => new Date(FIRST + hour * HOUR).toISOString();
const id = fc.stringMatching(/^[ab]:[a-cé東～😀]{1,2}$/u);
const name = fc.oneof(
  fc.constantFrom(
    "Alpha",
    "alpha",
    "ALPHA 2",
    "Älpha",
    "alpha\u0001",
    "beta",
    "Ω",
    "東",
    "дом",
    "～",
    "😀",
    "[x",
    "{x",
    "@x",
  ),
  fc.constantFrom(
    "x".repeat(71),
    `${"X".repeat(72)}a`,
    `${"x".repeat(72)}b`,
    `${'"'.repeat(36)}a`,
    `${'"'.repeat(36)}b`,
  ),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const URLS = ["http://a.example/1", "http://a.example/2", "http://a.example/3"] as const;
const url = fc.constantFrom(null, ...URLS);
const place = fc.constantFrom(null, "York", "東京", "Łódź");
const fields: fc.Arbitrary<Partial<Camera>> = fc.record({
  name,
  country: fc.constantFrom(null, "GB", "FR"),
  region: place,
  city: place,
  stream_url: url,
  snapshot_url: url,
  stream_kind: fc.constantFrom("mjpeg", "hls"),
  health_status: fc.constantFrom("unknown", "live", "offline"),
  tags: fc.array(fc.constantFrom("road", "bridge", "sea"), { maxLength: 3 }),
  first_seen_at: fc.integer({ min: 0, max: 3 }).map(iso),
  last_seen_at: fc.integer({ min: 0, max: 3 }).map(iso),
  gone_at: fc.constantFrom(null, null, iso(9)),
  duplicate_of: fc.constantFrom(null, null, "z:1"),
});
const position = fc.oneof(
  fc.record({ lat: fc.integer({ min: -90, max: 90 }), lon: fc.integer({ min: -180, max: 180 }) }),
  fc.record({ lat: fc.integer({ min: 5, max: 15 }), lon: fc.constantFrom(-175, -178, 175, 178, 180) }),
  fc.record({ lat: fc.constantFrom(10, 10.001), lon: fc.constantFrom(179.999, -179.999, 180) }),
  fc.constant({ lat: null, lon: null }),
);
const camera = fc.tuple(id, fields, position).map(([cameraId, some, at]) => sampleCamera(cameraId, { ...some, ...at }));

type Step =
  | { do: "put"; camera: Camera }
  | { do: "gone"; at: number }
  | { do: "seen"; at: number; hour: number }
  | { do: "complete"; source: string; hour: number }
  | { do: "read" }
  | { do: "restart" };
const hour = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("put" as const), camera }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("gone" as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("seen" as const), at: fc.nat(), hour }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("complete" as const), source: fc.constantFrom("a", "b"), hour }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("read" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

const some = <Value>(...values: Value[]): fc.Arbitrary<Value[]> => fc.subarray(values, { minLength: 1 });
const near = fc.record({
  lon: fc.constantFrom(180, -179.99, 0, 77),
  lat: fc.constantFrom(10, 89, -90, 0),
  km: fc.constantFrom(0.2, 50, 3000, 15_000, 20_040),
});
const bbox = fc
  .tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }))
  .map(([west, south, east]) => [west, south, east, Math.min(90, south + 60)] satisfies CameraFilter["bbox"]);
/** No more than two parts: more of them select nothing, which proves nothing. */
const filter: fc.Arbitrary<CameraFilter> = fc
  .array(
    fc.oneof(
      fc.record({ source: some("a", "b", "c") }),
      fc.record({ country: some("GB", "FR", "DE") }),
      fc.record({ region: some("York", "nowhere") }),
      fc.record({ city: some("東京", "Łódź") }),
      fc.record({ kind: some("mjpeg" as const, "hls" as const) }),
      fc.record({ health: some("live" as const, "unknown" as const) }),
      fc.record({ tag: some("road", "sea", "none") }),
      fc.record({ bbox }),
      fc.record({ near }),
      fc.record({ gone: fc.constantFrom("no" as const, "yes" as const, "any" as const) }),
      fc.record({ duplicates: fc.constantFrom("show" as const, "hide" as const) }),
    ),
    { maxLength: 2 },
  )
  .map((parts) => Object.assign({}, ...parts) as CameraFilter);

/** The plain list, and an index told the same. */
class Pair {
  index = new CameraIndex();
  readonly cameras: Camera[] = [];

  async take(taken: Step): Promise<void> {
    const at = "at" in taken ? taken.at % Math.max(1, this.cameras.length) : 0;
    const there = this.cameras[at];
    if (taken.do === "put") this.#put(taken.camera);
    else if (taken.do === "gone" && there !== undefined) {
      there.gone_at ??= iso(9);
      this.index.markGone(at);
    } else if (taken.do === "seen" && there !== undefined) {
      there.last_seen_at = iso(taken.hour);
      this.index.setLastSeen(at, FIRST + taken.hour * HOUR);
    } else if (taken.do === "complete") this.#complete(taken.source, iso(taken.hour));
    else if (taken.do === "restart") await this.#restart();
    else if (taken.do === "read") await this.index.settle();
  }

  /** Goes on with what a snapshot holds. */
  async #restart(): Promise<void> {
    await this.index.settle();
    await this.index.settleNames();
    const parts = new MemoryParts();
    await this.index.transfer(parts.writing());
    this.index = new CameraIndex();
    await this.index.transfer(parts.reading());
  }

  #put(put: Camera): void {
    const known = this.cameras.findIndex((one) => one.id === put.id);
    const at = known === -1 ? this.cameras.length : known;
    this.cameras[at] = { ...put };
    this.index.put(indexRowOf(put, at + 1));
  }

  #complete(source: string, time: string): void {
    for (const one of this.cameras) {
      if (one.source_id === source && one.gone_at === null && one.last_seen_at < time) one.last_seen_at = time;
    }
    this.index.completeSource(source, Date.parse(time));
  }
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function sorted(cameras: readonly Camera[], sort: CameraSort, centre: CameraFilter["near"]): Camera[] {
  const distance = ({ lat, lon }: Camera): number =>
    centre === undefined ? 0 : distanceKm(centre, { lat: lat!, lon: lon! });
  const compare: Record<string, (a: Camera, b: Camera) => number> = {
    id: () => 0,
    name: (a, b) => byBytes(nameKey(a.name), nameKey(b.name)),
    first_seen_at: (a, b) => byBytes(a.first_seen_at, b.first_seen_at),
    last_seen_at: (a, b) => byBytes(a.last_seen_at, b.last_seen_at),
    distance: (a, b) => distance(a) - distance(b),
  };
  const ordered = cameras.toSorted((a, b) => compare[sort.replace("-", "")]!(a, b) || byBytes(a.id, b.id));
  return sort.startsWith("-") ? ordered.reverse() : ordered;
}

function facetsOf(cameras: readonly Camera[]): Facets {
  const facet = (valuesOf: (camera: Camera) => (string | null)[]): { value: string; count: number }[] => {
    const counts = new Map<string, number>();
    for (const one of cameras) {
      for (const value of new Set(valuesOf(one))) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const listed = [...counts].map(([value, count]) => ({ value, count }));
    return listed.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    source: facet((one) => [one.source_id]),
    country: facet((one) => [one.country]),
    region: facet((one) => [one.region]),
    city: facet((one) => [one.city]),
    kind: facet((one) => [one.stream_kind]),
    tag: facet((one) => one.tags),
    health: facet((one) => [one.health_status]),
  };
}

async function pagedIds(
  index: CameraIndex,
  query: CameraFilter & { sort: CameraSort; limit: number },
): Promise<string[]> {
  const selection = await index.select(query, null);
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await index.page(selection, { ...query, ...(cursor === null ? {} : { cursor }) });
    expect(page.total).toBe(selection.count);
    if (page.next_cursor !== null) expect(page.slots).toHaveLength(query.limit);
    ids.push(...page.slots.map((slot) => index.idAt(slot)));
    ({ next_cursor: cursor } = page);
  } while (cursor !== null);
  return ids;
}

function walkedIds(index: CameraIndex, limit: number): string[] {
  const ids: string[] = [];
  for (;;) {
    const slots = index.slotsInIdOrder(ids.at(-1) ?? null, limit);
    if (slots.length === 0) return ids;
    ids.push(...slots.map((slot) => index.idAt(slot)));
  }
}

/** Where the last page ended, when that camera had another key or was not there at all. */
async function expectSameAfter({ index, cameras }: Pair, end: { id: string; hour: number }): Promise<void> {
  const cursor = writeCursor({ name: "first_seen_at" }, { key: iso(end.hour), id: end.id });
  const page = await index.page(await index.select({ gone: "any" }, null), {
    gone: "any",
    sort: "first_seen_at",
    cursor,
  });
  const expected = sorted(cameras, "first_seen_at", undefined).filter(
    (one) => one.first_seen_at > iso(end.hour) || (one.first_seen_at === iso(end.hour) && byBytes(one.id, end.id) > 0),
  );
  expect(page.slots.map((slot) => index.idAt(slot))).toEqual(expected.map((one) => one.id).slice(0, 100));
}

function expectSameUrls({ index, cameras }: Pair): void {
  for (const asked of URLS) {
    const having = cameras.filter((one) => one.stream_url === asked || one.snapshot_url === asked);
    const [present, gone] = [
      having.filter((one) => one.gone_at === null),
      having.filter((one) => one.gone_at !== null),
    ];
    const expected = [...sorted(present, "id", undefined), ...sorted(gone, "id", undefined)];
    expect(index.slotsOfUrl(asked).map((slot) => index.idAt(slot))).toEqual(expected.map((one) => one.id));
  }
}

function expectSameNearest({ index, cameras }: Pair): void {
  const centre = { lon: 179, lat: 10 };
  const located = cameras.filter(({ lat, lon }) => lat !== null && lon !== null);
  const kms = located.map(({ lat, lon }) => distanceKm(centre, { lat: lat!, lon: lon! })).toSorted((a, b) => a - b);
  expect(index.space.nearest(centre, 5, () => true).map(({ km }) => km)).toEqual(kms.slice(0, 5));
}

async function expectSame(pair: Pair, asked: CameraFilter, sort: CameraSort, limit: number): Promise<void> {
  const { index, cameras } = pair;
  const query = sort === "distance" ? { near: { lon: 180, lat: 10, km: 15_000 }, ...asked } : asked;
  const expected = cameras.filter((one) => selects(query, one));
  const ids = await pagedIds(index, { ...query, sort, limit });
  expect(ids).toEqual(sorted(expected, sort, query.near).map((one) => one.id));
  expect(await index.facets(await index.select(query, null))).toEqual(facetsOf(expected));
  expect(walkedIds(index, limit)).toEqual(sorted(cameras, "id", undefined).map((one) => one.id));
  const present = cameras.filter((one) => one.gone_at === null);
  expect(index.countBySource()).toEqual(new Map(facetsOf(present).source.map(({ value, count }) => [value, count])));
  expect([index.length, index.size]).toEqual([cameras.length, present.length]);
}

it("answers as a plain list does, after any course of changes", { timeout: SLOW_MS }, async () => {
  const query = fc.record({
    filter,
    sort: fc.constantFrom(...CameraSort.options),
    limit: fc.integer({ min: 1, max: 9 }),
  });
  const rounds = fc.array(
    fc.record({
      steps: fc.array(step, { maxLength: 60 }),
      queries: fc.array(query, { minLength: 1, maxLength: 4 }),
      after: fc.record({ id, hour }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(rounds, async (played) => {
      const pair = new Pair();
      for (const { steps, queries, after } of played) {
        for (const taken of steps) await pair.take(taken);
        for (const asked of queries) await expectSame(pair, asked.filter, asked.sort, asked.limit);
        await expectSameAfter(pair, after);
        expectSameUrls(pair);
        expectSameNearest(pair);
      }
    }),
    { numRuns: 200 },
  );
});
