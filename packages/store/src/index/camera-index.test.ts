import type { Camera, CameraQuery } from "@argus/core";
import { afterEach, describe, expect, it, vi } from "vitest";

import { indexRowOf, sampleCamera } from "../test-support/index-rows.ts";
import { CameraIndex } from "./camera-index.ts";
import { hasBit } from "./selection.ts";

const HOUR = 3_600_000;
const FIRST = Date.parse("2026-11-21T00:00:00.000Z");

function indexOf(...cameras: Camera[]): CameraIndex {
  const index = new CameraIndex();
  cameras.forEach((camera, at) => index.put(indexRowOf(camera, at + 1)));
  return index;
}

async function idsOf(index: CameraIndex, query: CameraQuery, pks: number[] | null = null): Promise<string[]> {
  const selection = await index.select(query, pks && Uint32Array.from(pks));
  const { slots } = await index.page(selection, query);
  return slots.map((slot) => index.idAt(slot));
}

describe("a camera in the index", () => {
  const told = {
    id: "tfl-jamcam:00001.07450",
    source_id: "tfl-jamcam",
    name: "Škofljica, 東京 😀",
    lat: 51.5,
    lon: -0.12,
    country: "GB",
    region: "London",
    city: "Camden",
    stream_kind: "hls",
    health_status: "live",
    first_seen_at: "2026-01-02T03:04:05.678Z",
    last_seen_at: "2026-02-03T04:05:06.789Z",
  } satisfies Partial<Camera>;
  const camera = sampleCamera(told.id, told);

  it("is found by id and by pk, and told as it was put", () => {
    const index = indexOf(sampleCamera("a:1"), camera);
    const slot = index.slotOf(camera.id);
    expect([slot, index.slotOfPk(2), index.pkAt(slot)]).toEqual([1, 1, 2]);
    expect({
      id: index.idAt(slot),
      name: index.nameAt(slot),
      lat: index.latAt(slot),
      lon: index.lonAt(slot),
      country: index.countryAt(slot),
      region: index.regionAt(slot),
      city: index.cityAt(slot),
      stream_kind: index.kindAt(slot),
      health_status: index.healthAt(slot),
      source_id: index.sourceAt(slot),
      first_seen_at: new Date(index.firstSeenAt(slot)).toISOString(),
      last_seen_at: new Date(index.lastSeenAt(slot)).toISOString(),
    }).toEqual(told);
    expect(index.listingHashAt(slot)).toBe(indexRowOf(camera, 2).listing_hash);
  });

  it("is not there under any other id or pk", () => {
    const index = indexOf(camera);
    expect([index.slotOf("tfl-jamcam:00001.0745"), index.slotOf(""), index.slotOf(`${camera.id}0`)]).toEqual([
      -1, -1, -1,
    ]);
    expect([index.slotOfPk(0), index.slotOfPk(2), index.slotOfPk(1_000_000)]).toEqual([-1, -1, -1]);
  });

  it("keeps its slot when it is replaced, and shows nothing of what it was", async () => {
    const index = indexOf(camera, sampleCamera("a:1"));
    const bare = sampleCamera(camera.id, { name: "b", health_status: "offline" });
    expect(index.put(indexRowOf(bare, 1))).toBe(0);
    expect([index.length, index.nameAt(0), index.countryAt(0), index.latAt(0)]).toEqual([2, "b", null, Number.NaN]);
    expect(await idsOf(index, { country: ["GB"] })).toEqual([]);
    expect(await idsOf(index, { health: ["offline"] })).toEqual([camera.id]);
  });

  it("has no position when half of it is missing", async () => {
    const index = indexOf(sampleCamera("a:1", { lat: 5 }), sampleCamera("a:2", { lon: 5 }));
    expect(await idsOf(index, { bbox: [-180, -90, 180, 90] })).toEqual([]);
    expect(await idsOf(index, { near: { lon: 5, lat: 5, km: 20_040 } })).toEqual([]);
  });

  it("may have a name of any length", () => {
    const index = indexOf(sampleCamera("a:1", { name: "名".repeat(30_000) }), sampleCamera("a:2", { name: "" }));
    expect([index.nameAt(0), index.nameAt(1)]).toEqual(["名".repeat(20_000), ""]);
  });
});

describe("the cameras that are gone", () => {
  it("are not counted, until they are put again", () => {
    const index = indexOf(sampleCamera("a:1"), sampleCamera("a:2"), sampleCamera("b:1"));
    index.markGone(0);
    index.markGone(0);
    index.markGone(2);
    expect([index.length, index.size, index.countBySource()]).toEqual([3, 1, new Map([["a", 1]])]);
    index.put(indexRowOf(sampleCamera("b:1"), 3));
    expect([index.size, index.isGone(0), index.isGone(2)]).toEqual([2, true, false]);
    index.put(indexRowOf(sampleCamera("a:2", { gone_at: "2026-11-21T00:00:00.000Z" }), 2));
    expect(index.countBySource()).toEqual(new Map([["b", 1]]));
  });

  it("are not seen by a complete scrape; the others at its time or later", () => {
    const later = new Date(FIRST + 2 * HOUR).toISOString();
    const index = indexOf(
      sampleCamera("a:1"),
      sampleCamera("a:2"),
      sampleCamera("a:3", { last_seen_at: later }),
      sampleCamera("b:1"),
    );
    index.markGone(1);
    index.completeSource("a", FIRST + HOUR);
    index.completeSource("nobody", FIRST + HOUR);
    const seen = [0, 1, 2, 3].map((slot) => index.lastSeenAt(slot) - FIRST);
    expect(seen).toEqual([HOUR, 0, 2 * HOUR, 0]);
    index.setLastSeen(0, FIRST + 3 * HOUR);
    expect(index.lastSeenAt(0)).toBe(FIRST + 3 * HOUR);
  });
});

describe("a URL", () => {
  const shared = { stream_url: "https://x.org/1", snapshot_url: "https://x.org/1" };
  const idsWith = (index: CameraIndex, url: string): string[] => index.slotsOfUrl(url).map((slot) => index.idAt(slot));

  it("finds each of its cameras once: those that are not gone first, then by id", () => {
    const index = indexOf(sampleCamera("a:3", shared), sampleCamera("a:1", shared), sampleCamera("a:2", shared));
    expect(idsWith(index, "https://x.org/1")).toEqual(["a:1", "a:2", "a:3"]);
    index.markGone(1);
    expect(idsWith(index, "https://x.org/1")).toEqual(["a:2", "a:3", "a:1"]);
    expect(idsWith(index, "https://x.org/2")).toEqual([]);
  });

  it("is followed as it changes", () => {
    const index = indexOf(sampleCamera("a:1", shared), sampleCamera("a:2", shared), sampleCamera("a:3", shared));
    const other = { stream_url: "https://x.org/2", snapshot_url: null };
    index.put(indexRowOf(sampleCamera("a:2", other), 2));
    expect([idsWith(index, "https://x.org/1"), idsWith(index, "https://x.org/2")]).toEqual([["a:1", "a:3"], ["a:2"]]);
    index.put(indexRowOf(sampleCamera("a:2", { stream_url: null, snapshot_url: "https://x.org/1" }), 2));
    expect([idsWith(index, "https://x.org/1").length, idsWith(index, "https://x.org/2")]).toEqual([3, []]);
  });
});

describe("a selection", () => {
  it("is narrowed by the pks the caller gives, of which some may be unknown", async () => {
    const index = indexOf(sampleCamera("a:1"), sampleCamera("a:2"), sampleCamera("b:1"), sampleCamera("a:3"));
    index.markGone(3);
    expect(await idsOf(index, { source: ["a"] }, [2, 3, 4, 77])).toEqual(["a:2"]);
    expect(await idsOf(index, {}, [])).toEqual([]);
  });

  it("is made once for all who ask, until a camera changes", async () => {
    const index = indexOf(sampleCamera("a:1", { country: "GB" }), sampleCamera("a:2"));
    const first = await index.select({ country: ["GB"] }, null);
    expect(await index.select({ country: ["GB"], q: "not looked at" }, null)).toBe(first);
    expect(await index.select({ country: ["FR"] }, null)).not.toBe(first);
    index.setLastSeen(0, FIRST + HOUR);
    expect(await index.select({ country: ["GB"] }, null)).toBe(first);
    index.put(indexRowOf(sampleCamera("a:2", { country: "GB" }), 2));
    expect((await index.select({ country: ["GB"] }, null)).count).toBe(2);
    expect(first.count).toBe(1);
  });

  it("finds in a small box or circle what has come there, and not what has left", async () => {
    const MANY = 3000;
    const at = (lat: number, lon: number): Partial<Camera> => ({ lat, lon });
    const index = indexOf(...Array.from({ length: MANY }, (_, n) => sampleCamera(`a:${n}`, at(50, n / 20))));
    const both: CameraQuery[] = [{ bbox: [4.98, 49.9, 5.02, 50.1] }, { near: { lon: 5, lat: 50, km: 1 }, sort: "id" }];
    const found = (): Promise<string[][]> => Promise.all(both.map((query) => idsOf(index, query)));
    expect(await found()).toEqual([["a:100"], ["a:100"]]);
    index.put(indexRowOf(sampleCamera("a:100", at(50, 60)), 101));
    index.put(indexRowOf(sampleCamera("a:7", at(50.001, 5.001)), 8));
    index.put(indexRowOf(sampleCamera("a:new", at(49.999, 5)), MANY + 1));
    expect(await found()).toEqual([
      ["a:7", "a:new"],
      ["a:7", "a:new"],
    ]);
    index.put(indexRowOf(sampleCamera("a:7"), 8));
    expect(await found()).toEqual([["a:new"], ["a:new"]]);
  });

  it("has no bit past the last camera", async () => {
    for (const length of [0, 1, 31, 32, 33, 64]) {
      const index = indexOf(...Array.from({ length }, (_, n) => sampleCamera(`a:${n}`)));
      const { bits, count } = await index.select({}, null);
      expect([count, hasBit(bits, length), hasBit(bits, length + 31)]).toEqual([length, false, false]);
    }
  });
});

describe("version", () => {
  it("grows with each change", () => {
    const index = indexOf(sampleCamera("a:1"), sampleCamera("a:2"));
    const versions = [index.version];
    const changes = [
      () => index.put(indexRowOf(sampleCamera("a:1", { name: "x" }), 1)),
      () => index.markGone(0),
      () => index.setLastSeen(1, FIRST + HOUR),
      () => index.completeSource("a", FIRST + 2 * HOUR),
    ];
    for (const change of changes) {
      change();
      versions.push(index.version);
    }
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  });
});

describe("slots by id", () => {
  it("go on after an id, whether it is there or not, by code point", async () => {
    const ids = ["a:￿", "a:😀", "a:b", "a:", "a:é"];
    const index = indexOf(...ids.map((id) => sampleCamera(id)));
    const after = (id: string | null, limit = 10): string[] =>
      index.slotsInIdOrder(id, limit).map((slot) => index.idAt(slot));
    expect(after(null)).toEqual(["a:", "a:b", "a:é", "a:￿", "a:😀"]);
    expect(after("a:b", 2)).toEqual(["a:é", "a:￿"]);
    expect(after("a:c", 1)).toEqual(["a:é"]);
    expect([after("a:😀"), after("b")]).toEqual([[], []]);
    index.put(indexRowOf(sampleCamera("a:a"), 6));
    expect(after("a:", 2)).toEqual(["a:a", "a:b"]);
  });
});

describe("a page", () => {
  it("refuses a time that is none in its cursor", async () => {
    const index = indexOf(sampleCamera("a:1"));
    const cursor = Buffer.from(JSON.stringify(["first_seen_at", "soon", "a:1"])).toString("base64url");
    const page = index.page(await index.select({}, null), { sort: "first_seen_at", cursor });
    await expect(page).rejects.toMatchObject({ code: "ARGUS_STORE_CURSOR_INVALID" });
  });
});

describe("work that gives way to changes", () => {
  /** More than are looked at between two pauses. */
  const MANY = 20_000;
  const many = (): CameraIndex =>
    indexOf(...Array.from({ length: MANY }, (_, n) => sampleCamera(`a:${n}`, { city: n === 0 ? "York" : null })));
  const change = (index: CameraIndex, slot: number, city: string | null): void => {
    index.put(indexRowOf(sampleCamera(`a:${slot}`, { city }), slot + 1));
  };
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("counts no value as another that came when it was gone", async () => {
    const index = many();
    const selection = await index.select({}, null);
    let ms = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (ms += 1000));
    const counting = index.facets(selection);
    change(index, 0, null);
    change(index, 1, "Leeds");
    change(index, MANY - 1, "Leeds");
    expect((await counting).city).toEqual([
      { value: "Leeds", count: 1 },
      { value: "York", count: 1 },
    ]);
    expect((await index.facets(selection)).city).toEqual([{ value: "Leeds", count: 2 }]);
  });

  it("selects by values that came meanwhile, and does not keep what it found", async () => {
    const index = many();
    let ms = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (ms += 1000));
    const filter = { city: ["Leeds"] };
    const selecting = index.select(filter, null);
    change(index, 1, "Leeds");
    change(index, MANY - 1, "Leeds");
    expect((await selecting).count).toBe(1);
    expect((await index.select(filter, null)).count).toBe(2);
  });
});
