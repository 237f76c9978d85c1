import { type Camera, type CameraFilter, CameraQuery, CameraSort, distanceKm, type ListedCamera } from "@argus/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { CameraStore, StoreOptions } from "../camera-store.ts";
import { nameKey } from "../name-key.ts";
import { sample, sampleScrape, TestClock } from "./sample.ts";

/** For tests that wait for the disk hundreds of times. */
const SLOW_MS = 60_000;

/** Makes a fresh, empty store that is ready for use. */
export type StoreFactory = (options: Pick<StoreOptions, "clock">) => Promise<CameraStore>;

/** What every store does, whatever engine it has. */
export function describeCameraStore(name: string, makeStore: StoreFactory): void {
  describe(`a store ${name}`, () => {
    let store: CameraStore;
    const clock = new TestClock();
    beforeEach(async () => {
      store = await makeStore({ clock: clock.read });
    });
    afterEach(() => store.close());

    const ids = async (filter: CameraFilter): Promise<string[]> =>
      (await store.page(filter)).cameras.map(({ id }) => id);
    describeWriting(() => store, clock);
    describeFilters(() => store, ids);
    describePages(makeStore, () => store, clock);
    describeReading(() => store);
    describeScrapes(() => store);
    describeClosing(() => store);
  });
}

function describeWriting(store: () => CameraStore, clock: TestClock): void {
  describe("upsert", () => {
    it("counts what is new, changed and unchanged", async () => {
      expect(await store().upsert([sample("a:1"), sample("a:2")])).toEqual({ new: 2, changed: 0, unchanged: 0 });
      const next = [sample("a:1"), sample("a:2", { tags: ["bridge"] }), sample("a:3")];
      expect(await store().upsert(next)).toEqual({ new: 1, changed: 1, unchanged: 1 });
      expect(await store().upsert(next)).toEqual({ new: 0, changed: 0, unchanged: 3 });
      expect(await store().upsert([])).toEqual({ new: 0, changed: 0, unchanged: 0 });
      expect(store().size).toBe(3);
    });

    it("sees a change in every field a source owns", async () => {
      const changes: Partial<ListedCamera> = {
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
      const listed = sample("a:1");
      await store().upsert([listed]);
      for (const [key, value] of Object.entries(changes)) {
        Object.assign(listed, { [key]: value });
        expect(await store().upsert([listed]), key).toEqual({ new: 0, changed: 1, unchanged: 0 });
      }
      expect(await store().get("a:1")).toMatchObject(listed);
    });

    it("takes the last of several with one id, and counts it once", async () => {
      const counts = await store().upsert([sample("a:1", { name: "first" }), sample("a:1", { name: "last" })]);
      expect(counts).toEqual({ new: 1, changed: 0, unchanged: 0 });
      expect(await store().get("a:1")).toMatchObject({ name: "last" });
    });

    it("shares no object with its callers", async () => {
      const listed = sample("a:1", { tags: ["kept"] });
      await store().upsert([listed]);
      listed.name = "changed by the caller";
      listed.tags.push("added by the caller");
      const given = (await store().get("a:1"))!;
      given.tags.push("added by a reader");
      given.name = "changed by a reader";
      expect(await store().get("a:1")).toMatchObject({ name: "Camera a:1", tags: ["kept"] });
      expect((await store().page({})).cameras[0]).toMatchObject({ name: "Camera a:1", tags: ["kept"] });
    });

    it("keeps the first time and renews the last", async () => {
      const first = clock.pass();
      await store().upsert([sample("a:1"), sample("a:2")]);
      const second = clock.pass();
      await store().upsert([sample("a:1"), sample("a:2", { name: "changed" })]);
      const times = { first_seen_at: first, last_seen_at: second, gone_at: null };
      expect((await store().page({})).cameras).toMatchObject([times, times]);
    });

    it("runs concurrent calls one after the other", async () => {
      const all = Array.from({ length: 20 }, (_, n) => [sample("a:1", { name: `name ${n}` }), sample(`a:x${n}`)]);
      const counts = await Promise.all(all.map((batch) => store().upsert(batch)));
      expect(counts.reduce((sum, { new: added }) => sum + added, 0)).toBe(21);
      expect(await store().get("a:1")).toMatchObject({ name: "name 19" });
    });

    it("moves the change sequence when a camera changed, and only then", async () => {
      const steps: number[] = [store().changeSequence];
      const step = async (done: Promise<unknown>): Promise<void> => {
        await done;
        steps.push(store().changeSequence);
      };
      await step(store().upsert([sample("a:1"), sample("a:2")]));
      await step(store().upsert([sample("a:1")]));
      await step(store().markGone("a", new Set(["a:1", "a:2"])));
      await step(store().markGone("a", new Set(["a:1"])));
      await step(store().upsert([sample("a:2")]));
      const [start, added, same, allListed, gone, back] = steps as [number, number, number, number, number, number];
      expect([added > start, same === added, allListed === added, gone > added, back > gone]).toEqual(
        Array(5).fill(true),
      );
    });
  });

  describe("markGone", () => {
    it("marks what a complete scrape of the source did not list", async () => {
      const seen = clock.pass();
      await store().upsert([sample("a:1"), sample("a:2"), sample("b:1")]);
      const now = clock.pass();
      expect(await store().markGone("a", new Set(["a:1", "a:unknown"]))).toBe(1);
      expect(await store().get("a:1")).toMatchObject({ gone_at: null, last_seen_at: now });
      expect(await store().get("a:2")).toMatchObject({ gone_at: now, last_seen_at: seen });
      expect(await store().get("b:1")).toMatchObject({ gone_at: null, last_seen_at: seen });
      expect(await store().markGone("a", new Set(["a:1"]))).toBe(0);
      expect([store().size, store().countBySource()]).toEqual([
        2,
        new Map([
          ["a", 1],
          ["b", 1],
        ]),
      ]);
    });

    it("is undone when the camera is listed again, which counts as changed", async () => {
      await store().upsert([sample("a:1")]);
      await store().markGone("a", new Set());
      expect(store().size).toBe(0);
      expect(await store().upsert([sample("a:1")])).toEqual({ new: 0, changed: 1, unchanged: 0 });
      expect(await store().get("a:1")).toMatchObject({ gone_at: null });
      expect(store().countBySource()).toEqual(new Map([["a", 1]]));
    });
  });
}

function describeFilters(store: () => CameraStore, ids: (filter: CameraFilter) => Promise<string[]>): void {
  describe("a filter", () => {
    beforeEach(async () => {
      await store().upsert([
        sample("a:1", {
          name: "Ponte Estaiada",
          city: "São Paulo",
          country: "BR",
          lat: -23.6,
          lon: -46.7,
          tags: ["bridge", "road"],
        }),
        sample("a:2", {
          name: "首都高速 東京",
          city: "東京",
          country: "JP",
          lat: 35.7,
          lon: 139.7,
          stream_kind: "jpeg",
        }),
        sample("b:1", { name: "Майдан Незалежности", region: "Київ", country: "UA", lat: 50.45, lon: 30.52 }),
        sample("b:2", { name: "Suva harbour", country: "FJ", lat: -18.1, lon: 178.4, tags: ["harbour"] }),
        sample("b:3", { name: "Taveuni", country: "FJ", lat: -16.8, lon: -179.9, description: "over the bridge" }),
        sample("b:4", { name: "Łódź STRASSE Ærø", region: "Fünen" }),
        sample("b:5", { name: "Left long ago" }),
      ]);
      await store().markGone("b", new Set(["b:1", "b:2", "b:3", "b:4"]));
    });

    const all = ["a:1", "a:2", "b:1", "b:2", "b:3", "b:4"];
    const cases: [string, CameraFilter, string[]][] = [
      ["nothing", {}, all],
      ["a word without its accents", { q: "sao paulo" }, ["a:1"]],
      ["accents that are not there", { q: "Súvà" }, ["b:2"]],
      ["words in any order and field", { q: "BRIDGE pont" }, ["a:1"]],
      ["a word in description or tags", { q: "bridge" }, ["a:1", "b:3"]],
      ["a text without a word", { q: "\0" }, []],
      ["words that do not all occur", { q: "suva bridge" }, []],
      ["CJK within a text", { q: "高速" }, ["a:2"]],
      ["Cyrillic in another case", { q: "МАЙДАН київ" }, ["b:1"]],
      ["letters as they are typed", { q: "lodz straße aero" }, ["b:4"]],
      ["a source", { source: ["a"] }, ["a:1", "a:2"]],
      ["any of several countries", { country: ["BR", "JP"] }, ["a:1", "a:2"]],
      ["two fields at once", { country: ["FJ", "BR"], tag: ["bridge", "harbour"] }, ["a:1", "b:2"]],
      ["a region", { region: ["Fünen"] }, ["b:4"]],
      ["a city", { city: ["東京"] }, ["a:2"]],
      ["a kind", { kind: ["jpeg"] }, ["a:2"]],
      ["a health", { health: ["live"] }, []],
      ["health that nobody measured", { health: ["unknown", "live"] }, all],
      ["a box", { bbox: [-50, -30, 40, 60] }, ["a:1", "b:1"]],
      ["a box across the antimeridian", { bbox: [178, -20, -179, -10] }, ["b:2", "b:3"]],
      ["a circle, nearest first", { near: { lon: -179.9, lat: -17, km: 300 } }, ["b:3", "b:2"]],
      ["the gone", { gone: "yes" }, ["b:5"]],
      ["the gone too", { gone: "any" }, [...all, "b:5"]],
    ];
    it.each(cases)("selects by %s", async (_what, filter, expected) => {
      expect(await ids(filter)).toEqual(expected);
      expect((await store().page(filter)).total).toBe(expected.length);
      const found: string[] = [];
      for await (const { id } of store().each(filter)) found.push(id);
      expect(found).toEqual(expected.toSorted());
    });
  });
}

function describePages(makeStore: StoreFactory, store: () => CameraStore, clock: TestClock): void {
  const near = { lon: 179, lat: 10, km: 20_040 };

  describe("pages", () => {
    it("put together are the whole list in its order, under every sort", { timeout: SLOW_MS }, async () => {
      const listed = fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^[ab]:[a-cé東😀]{1,4}$/u),
          name: fc.constantFrom("Alpha", "alpha", "Älpha", "beta", "Beta 2", "Ω", "東", "x".repeat(120)),
          lat: fc.integer({ min: -9, max: 9 }),
        }),
        { selector: ({ id }) => id, maxLength: 25 },
      );
      const query = fc.record({ sort: fc.constantFrom(...CameraSort.options), limit: fc.integer({ min: 1, max: 7 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(listed, { maxLength: 3 }), query, async (batches, { sort, limit }) => {
          await using fresh = await makeStore({ clock: clock.read });
          for (const batch of batches) {
            await fresh.upsert(batch.map(({ id, ...fields }) => sample(id, { ...fields, lon: fields.lat * 20 })));
            clock.pass();
          }
          const whole = await collect(fresh, { sort, near, limit: 1000 });
          expect(await collect(fresh, { sort, near, limit })).toEqual(whole);
          expect(whole.map(({ id }) => id)).toEqual(sortedBy(whole, sort).map(({ id }) => id));
        }),
        { numRuns: 60 },
      );
    });

    it("neither repeat nor skip a camera while others come in between", async () => {
      const names = Array.from({ length: 30 }, (_, n) => sample(`a:${n}`, { name: `Name ${n % 7}` }));
      await store().upsert(names);
      const met: string[] = [];
      let cursor: string | null = null;
      let round = 0;
      do {
        const query: CameraQuery = { sort: "name", limit: 4, ...(cursor === null ? {} : { cursor }) };
        const page = await store().page(query);
        met.push(...page.cameras.map(({ id }) => id));
        cursor = page.next_cursor;
        round += 1;
        await store().upsert([
          sample(`b:${round}`, { name: `Name ${round % 7}` }),
          sample(`0:${round}`, { name: "A" }),
        ]);
      } while (cursor !== null);
      expect(new Set(met).size).toBe(met.length);
      expect(met).toEqual(expect.arrayContaining(names.map(({ id }) => id)));
    });

    it("refuse a cursor that is broken or of another order", async () => {
      await store().upsert([sample("a:1"), sample("a:2"), sample("a:3", { lat: 1, lon: 1 })]);
      const { next_cursor } = await store().page({ limit: 1 });
      const invalid = expect.objectContaining({ code: "ARGUS_STORE_CURSOR_INVALID" });
      for (const query of [
        { cursor: "" },
        { cursor: "no cursor" },
        { cursor: next_cursor!.slice(0, -3) },
        { cursor: next_cursor!, sort: "-id" as const },
        { cursor: next_cursor!, near },
      ]) {
        await expect(store().page(query)).rejects.toEqual(invalid);
      }
    });

    it("have cursors that the query schema accepts, however long ids and names are", async () => {
      const longest = (n: number): ListedCamera =>
        sample(`${"s".repeat(64)}:${"東".repeat(199)}${n}`, {
          name: '"東﷽\u0001'.repeat(75),
          lat: -17.12345678901234,
          lon: -1.2345678901234567e-100,
        });
      await store().upsert([longest(1), longest(2)]);
      const far = { lon: -1.2345678901234567e-100, lat: -1.2345678901234567e-100, km: 20_040 };
      for (const sort of CameraSort.options) {
        const { cameras, next_cursor } = await store().page({ sort, near: far, limit: 1 });
        expect(CameraQuery.safeParse({ cursor: next_cursor }).success, sort).toBe(true);
        const next = await store().page({ sort, near: far, cursor: next_cursor! });
        expect([...cameras, ...next.cameras].map(({ id }) => id).toSorted()).toEqual([longest(1).id, longest(2).id]);
      }
    });
  });

  const collect = async (from: CameraStore, query: CameraQuery): Promise<Camera[]> => {
    const cameras: Camera[] = [];
    let page = await from.page(query);
    const { total } = page;
    cameras.push(...page.cameras);
    while (page.next_cursor !== null) {
      expect(page.cameras).toHaveLength(query.limit!);
      page = await from.page({ ...query, cursor: page.next_cursor });
      cameras.push(...page.cameras);
    }
    expect(cameras).toHaveLength(total);
    return cameras;
  };

  const sortedBy = (cameras: Camera[], sort: CameraSort): Camera[] => {
    const field = sort.replace("-", "");
    const keyOf = (camera: Camera): string | number => {
      if (field === "distance") return distanceKm(near, { lat: camera.lat!, lon: camera.lon! });
      const value = camera[field as "id"];
      return field === "name" ? nameKey(value) : value;
    };
    const sorted = cameras.toSorted((a, b) => (keyOf(a) < keyOf(b) || (keyOf(a) === keyOf(b) && a.id < b.id) ? -1 : 1));
    return sort.startsWith("-") ? sorted.reverse() : sorted;
  };
}

function describeReading(store: () => CameraStore): void {
  describe("facets", () => {
    it("count under the same filter, most first", async () => {
      await store().upsert([
        sample("a:1", { country: "GB", city: "London", tags: ["road", "road"] }),
        sample("a:2", { country: "GB", city: "Leeds", tags: ["road", "bridge"] }),
        sample("b:1", { country: "FR", stream_kind: "jpeg" }),
      ]);
      expect(await store().facets({})).toMatchObject({
        source: [
          { value: "a", count: 2 },
          { value: "b", count: 1 },
        ],
        country: [
          { value: "GB", count: 2 },
          { value: "FR", count: 1 },
        ],
        region: [],
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
      expect(await store().facets({ tag: ["bridge"] })).toMatchObject({
        country: [{ value: "GB", count: 1 }],
        city: [{ value: "Leeds", count: 1 }],
        tag: [
          { value: "bridge", count: 1 },
          { value: "road", count: 1 },
        ],
      });
    });

    it("list at most 200 values", async () => {
      await store().upsert(Array.from({ length: 300 }, (_, n) => sample(`a:${n}`, { city: `City ${n}` })));
      expect((await store().facets({})).city).toHaveLength(200);
    });
  });

  describe("each", () => {
    const many = Array.from({ length: 1500 }, (_, n) => sample(`a:${String(n).padStart(4, "0")}`));

    it("gives every camera once, in the order of ids, those that come in behind included", async () => {
      await store().upsert(many);
      const found: string[] = [];
      for await (const { id } of store().each({})) {
        found.push(id);
        if (found.length === 700) await store().upsert([sample("a:0000b"), sample("a:9999")]);
      }
      expect(found).toEqual([...many.map(({ id }) => id), "a:9999"]);
    });

    it("stops when its signal aborts", async () => {
      await store().upsert(many);
      const abort = new AbortController();
      const found: string[] = [];
      const reading = (async (): Promise<void> => {
        for await (const { id } of store().each({}, { signal: abort.signal })) {
          if (found.push(id) === 10) abort.abort(new Error("the reader left"));
        }
      })();
      await expect(reading).rejects.toThrow("the reader left");
      expect(found).toHaveLength(10);
    });
  });

  describe("findByUrl", () => {
    it("finds by exactly a stream or a snapshot URL, and follows changes", async () => {
      await store().upsert([sample("a:1", { stream_url: "https://x.org/1", snapshot_url: "https://x.org/s" })]);
      expect(await store().findByUrl("https://x.org/1")).toMatchObject({ id: "a:1" });
      expect(await store().findByUrl("https://x.org/s")).toMatchObject({ id: "a:1" });
      expect(await store().findByUrl("https://x.org/")).toBeNull();
      await store().upsert([sample("a:1", { stream_url: "https://x.org/2", snapshot_url: null })]);
      expect(await store().findByUrl("https://x.org/1")).toBeNull();
      expect(await store().findByUrl("https://x.org/2")).toMatchObject({ id: "a:1" });
    });

    it("knows a URL that several share, and prefers a camera that is not gone", async () => {
      const shared = { stream_url: "https://x.org/1", snapshot_url: "https://x.org/1" };
      await store().upsert([sample("a:1", shared), sample("b:1", shared), sample("b:2", shared)]);
      expect(await store().findByUrl("https://x.org/1")).toMatchObject({ id: "a:1" });
      await store().markGone("a", new Set());
      expect(await store().findByUrl("https://x.org/1")).toMatchObject({ id: "b:1" });
      await store().upsert([sample("b:1"), sample("b:2")]);
      expect(await store().findByUrl("https://x.org/1")).toMatchObject({ id: "a:1" });
      expect(await store().get("none:1")).toBeNull();
    });
  });
}

function describeScrapes(store: () => CameraStore): void {
  describe("scrapes", () => {
    it("are kept newest first, replaced by id", async () => {
      const old = sampleScrape("1", "2026-11-20T00:00:00.000Z");
      const recent = sampleScrape("2", "2026-11-21T00:00:00.000Z");
      await store().saveScrape(recent);
      await store().saveScrape(old);
      await store().saveScrape({ ...old, state: "complete", finished_at: "2026-11-20T00:01:00.000Z" });
      expect(await store().scrapes(10)).toEqual([
        recent,
        { ...old, state: "complete", finished_at: "2026-11-20T00:01:00.000Z" },
      ]);
      expect(await store().scrapes(1)).toEqual([recent]);
      expect(await store().scrapes(-1)).toEqual([]);
    });

    it("are forgotten past 500", { timeout: SLOW_MS }, async () => {
      for (let n = 0; n < 505; n += 1)
        await store().saveScrape(sampleScrape(String(n), new Date(n * 1000).toISOString()));
      const kept = await store().scrapes(1000);
      expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([500, "504", "5"]);
    });
  });
}

function describeClosing(store: () => CameraStore): void {
  it("finishes what it was asked for when closed, and then refuses every call", async () => {
    const upsert = store().upsert([sample("a:1")]);
    await Promise.all([store().close(), store().close()]);
    await expect(upsert).resolves.toMatchObject({ new: 1 });
    await store().close();
    const closed = expect.objectContaining({ code: "ARGUS_STORE_CLOSED" });
    const calls = [
      () => store().connect(),
      () => store().upsert([]),
      () => store().markGone("a", new Set()),
      () => store().get("a:1"),
      () => store().findByUrl("https://x.org/"),
      () => store().page({}),
      () => store().facets({}),
      () => store().scrapes(1),
      () => store().saveScrape(sampleScrape("1", "2026-11-21T00:00:00.000Z")),
      async () => store().countBySource(),
      async () => {
        for await (const _ of store().each({})) break;
      },
    ];
    for (const call of calls) await expect(call()).rejects.toEqual(closed);
  });

  it("ends a running each with an error when closed", async () => {
    await store().upsert(Array.from({ length: 600 }, (_, n) => sample(`a:${n}`)));
    const reading = (async (): Promise<void> => {
      for await (const _ of store().each({})) await store().close();
    })();
    await expect(reading).rejects.toMatchObject({ code: "ARGUS_STORE_CLOSED" });
  });
}
