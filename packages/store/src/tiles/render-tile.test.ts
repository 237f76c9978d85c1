import type { Position } from "@argus/core";
import { VectorTile } from "@mapbox/vector-tile";
import fc from "fast-check";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";

import { emptyBits, type Selection, setBit } from "../index/selection.ts";
import { SpatialOrder } from "../index/spatial-order.ts";
import { renderTile, type TileCameras } from "./render-tile.ts";

const UNKNOWN: Position = { lon: Number.NaN, lat: Number.NaN };
const EXTENT = 4096;
/** Up to this zoom every tile is rendered, not only those around cameras. */
const ALL_TILES_UP_TO = 3;
const RADIANS = Math.PI / 180;

type Found = { layer: string; x: number; y: number; properties: Record<string, unknown> };
type Tile = { z: number; x: number; y: number };

const cameras: TileCameras = {
  idAt: (slot) => `demo:${slot}`,
  nameAt: (slot) => `Kamera ${slot} — 東京`,
  sourceAt: () => "demo",
  kindAt: () => "mjpeg",
  countryAt: (slot) => (slot % 2 === 0 ? "JP" : null),
  cityAt: () => null,
  healthAt: () => "unknown",
};

function orderOf(list: readonly Position[]): SpatialOrder {
  const order = new SpatialOrder({ lonAt: (slot) => list[slot]!.lon, latAt: (slot) => list[slot]!.lat });
  for (const slot of list.keys()) order.put(slot);
  return order;
}

function selectionOf(length: number, isSelected: (slot: number) => boolean = () => true): Selection {
  const bits = emptyBits(length);
  const slots = Array.from({ length }, (_, slot) => slot).filter((slot) => isSelected(slot));
  for (const slot of slots) setBit(bits, slot);
  return { bits, count: slots.length };
}

function decode(bytes: Uint8Array): Found[] {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return (["clusters", "cameras"] as const).flatMap((name) => {
    const layer = layers[name];
    if (layer === undefined) return [];
    expect([layer.version, layer.extent]).toEqual([2, EXTENT]);
    return Array.from({ length: layer.length }, (_, nth) => {
      const feature = layer.feature(nth);
      const { x, y } = feature.loadGeometry()[0]![0]!;
      return { layer: feature.type === 1 ? name : "not a point", x, y, properties: feature.properties };
    });
  });
}

/** Web mercator by its textbook formula, from 0 to 1. */
function project({ lon, lat }: Position): { x: number; y: number } {
  const y = 0.5 - Math.asinh(Math.tan(lat * RADIANS)) / (2 * Math.PI);
  const last = 1 - 2 ** -33;
  return { x: Math.min((lon + 180) / 360, last), y: Math.min(Math.max(y, 0), last) };
}

/** The tiles of a zoom; of a great zoom those that can hold anything. */
function tilesOf(list: readonly Position[], z: number): Tile[] {
  if (z <= ALL_TILES_UP_TO) {
    return Array.from({ length: 4 ** z }, (_, nth) => ({ z, x: nth % 2 ** z, y: Math.floor(nth / 2 ** z) }));
  }
  const tiles = new Map<string, Tile>();
  const side = 2 ** z;
  for (const one of list) {
    if (Number.isNaN(one.lon)) continue;
    const { x, y } = project(one);
    for (const dx of [-1e-9, 1e-9])
      for (const dy of [-1e-9, 1e-9]) {
        const inside = (at: number): number => Math.min(side - 1, Math.max(0, Math.floor(at * side)));
        const tile = { z, x: inside(x + dx), y: inside(y + dy) };
        tiles.set(`${tile.x}/${tile.y}`, tile);
      }
  }
  return [...tiles.values()];
}

const anywhere = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
});
const special = fc.record({
  lon: fc.constantFrom(-180, -90, 0, 45, 180),
  lat: fc.constantFrom(-90, -85.0511287798066, 0, 66.51326044311186, 85.0511287798066, 90),
});
const crowd = fc
  .tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.constantFrom(1e-7, 1e-5, 1e-3, 0.1))
  .map(([dx, dy, step]) => ({ lon: 139.7 + dx * step, lat: 35.6 + dy * step }));
const stack = fc.constant({ lon: 2.35, lat: 48.85 });
const stacked = fc.array(stack, { minLength: 2, maxLength: 130 });
const crowded = fc.array(crowd, { minLength: 2, maxLength: 130 });
const position: fc.Arbitrary<Position> = fc.oneof(anywhere, special, crowd, stack, fc.constant(UNKNOWN));

describe("renderTile", () => {
  it("shows at every zoom each selected located camera exactly once, as itself or in its cell's cluster", () => {
    const list = fc.oneof(
      fc.array(position, { maxLength: 60 }),
      fc.array(fc.oneof(stack, crowd), { minLength: 150, maxLength: 250 }),
    );
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 4 }), (places, nth) => {
        const order = orderOf(places);
        const selection = selectionOf(places.length, (slot) => slot % nth === 0);
        const wanted = places.flatMap(({ lon }, slot) => (Number.isNaN(lon) || slot % nth !== 0 ? [] : [slot]));
        for (let z = 0; z <= 22; z += 1)
          expectEachOnce(places, wanted, z, (tile) => decode(renderTile(cameras, order, selection, tile)));
      }),
      { numRuns: 25 },
    );
  });

  it("says of each cluster the first zoom at which it is in pieces", () => {
    fc.assert(
      fc.property(fc.oneof(stacked, crowded), (places) => {
        const [order, selection] = [orderOf(places), selectionOf(places.length)];
        const isCluster = (z: number): boolean => {
          const found = tilesOf(places, z).flatMap((tile) => decode(renderTile(cameras, order, selection, tile)));
          return found.length === 1 && found[0]!.layer === "clusters";
        };
        const [whole] = decode(renderTile(cameras, order, selection, { z: 0, x: 0, y: 0 }));
        expect(isCluster(0)).toBe(true);
        const parts = Array.from({ length: 23 }, (_, z) => z).find((z) => !isCluster(z));
        expect(whole!.properties["zoom"]).toBe(parts === undefined ? 18 : Math.min(17, parts));
      }),
      { numRuns: 40 },
    );
  });

  it("gives what is known of a camera, at its place", () => {
    const order = orderOf([
      { lon: 139.7, lat: 35.68 },
      { lon: -100, lat: 40 },
    ]);
    const selection = selectionOf(2);
    const expected = {
      id: "demo:0",
      name: "Kamera 0 — 東京",
      source_id: "demo",
      stream_kind: "mjpeg",
      country: "JP",
      health_status: "unknown",
    };
    const tile = { z: 1, x: 1, y: 0 };
    const place = inTile({ lon: 139.7, lat: 35.68 }, tile);
    expect(decode(renderTile(cameras, order, selection, tile))).toEqual([
      { layer: "cameras", ...place, properties: expected },
    ]);
    const [other] = decode(renderTile(cameras, order, selection, { z: 1, x: 0, y: 0 }));
    expect(other!.properties).toEqual({
      id: "demo:1",
      name: "Kamera 1 — 東京",
      source_id: "demo",
      stream_kind: "mjpeg",
      health_status: "unknown",
    });
  });

  it("counts a cluster, in short too", () => {
    const order = orderOf(Array.from({ length: 1234 }, () => ({ lon: 2.35, lat: 48.85 })));
    const [cluster] = decode(renderTile(cameras, order, selectionOf(1234), { z: 3, x: 4, y: 2 }));
    expect(cluster).toMatchObject({ layer: "clusters", properties: { count: 1234, count_short: "1.2k", zoom: 18 } });
  });

  it("draws cameras that never part where they stand, be it at the edge of their cell", () => {
    const spot = { lon: 90 + 1e-6, lat: 48.85 };
    const order = orderOf(Array.from({ length: 70 }, () => spot));
    for (const tile of [
      { z: 1, x: 1, y: 0 },
      { z: 2, x: 3, y: 1 },
    ])
      expect(decode(renderTile(cameras, order, selectionOf(70), tile))).toMatchObject([
        { layer: "clusters", ...inTile(spot, tile), properties: { zoom: 18 } },
      ]);
  });

  it("is empty where nothing selected is", () => {
    const order = orderOf([{ lon: 10, lat: 10 }]);
    expect(renderTile(cameras, order, selectionOf(1), { z: 3, x: 0, y: 0 })).toHaveLength(0);
    expect(
      renderTile(
        cameras,
        order,
        selectionOf(1, () => false),
        { z: 0, x: 0, y: 0 },
      ),
    ).toHaveLength(0);
    expect(renderTile(cameras, orderOf([]), selectionOf(0), { z: 0, x: 0, y: 0 })).toHaveLength(0);
    // A selection that was made before the camera came.
    expect(renderTile(cameras, order, selectionOf(0), { z: 0, x: 0, y: 0 })).toHaveLength(0);
  });

  it.each([
    { z: -1, x: 0, y: 0 },
    { z: 23, x: 0, y: 0 },
    { z: 1.5, x: 0, y: 0 },
    { z: 2, x: 4, y: 0 },
    { z: 2, x: 0, y: -1 },
    { z: 2, x: 0, y: 0.5 },
    { z: Number.NaN, x: 0, y: 0 },
  ])("refuses $z/$x/$y, which is no tile", (tile) => {
    const refused = expect.objectContaining({ code: "ARGUS_TILE_INVALID" });
    expect(() => renderTile(cameras, orderOf([]), selectionOf(0), tile)).toThrow(refused);
  });

  it("knows the last tile of the deepest zoom", () => {
    const order = orderOf([{ lon: 180, lat: -90 }]);
    const last = 2 ** 22 - 1;
    expect(decode(renderTile(cameras, order, selectionOf(1), { z: 22, x: last, y: last }))).toMatchObject([
      { layer: "cameras" },
    ]);
  });
});

function expectEachOnce(
  places: readonly Position[],
  wanted: readonly number[],
  z: number,
  render: (tile: Tile) => Found[],
): void {
  const found = tilesOf(places, z).flatMap((tile) => render(tile).map((one) => ({ ...one, tile })));
  const outside = found.filter(({ x, y }) => Math.min(x, y) < 0 || Math.max(x, y) >= EXTENT);
  expect(outside).toEqual([]);
  const shown = found.filter(({ layer }) => layer === "cameras").map((one) => ({ ...one, slot: slotOf(one) }));
  const misplaced = shown.filter(({ slot, tile, ...at }) => !isNear(at, inTile(places[slot]!, tile)));
  expect(misplaced).toEqual([]);
  const clusters = found.filter(({ layer }) => layer === "clusters");
  expect(shown.length + clusters.length).toBe(found.length);
  const counts = clusters.map((one) => [cellKey(one, one.tile), Number(one.properties["count"])] as const);
  const shownSlots = new Set(shown.map(({ slot }) => slot));
  expect(shownSlots.size).toBe(shown.length);
  expect([...shownSlots].filter((slot) => !wanted.includes(slot))).toEqual([]);
  expect(shown.length + counts.reduce((sum, [, count]) => sum + count, 0)).toBe(wanted.length);
  const rest = wanted.filter((slot) => !shownSlots.has(slot));
  expectClustersOf(
    rest.map((slot) => places[slot]!),
    z,
    counts,
  );
}

/** Those not shown are, cell by cell, what the clusters count; of one right at an edge the formula cannot tell the cell. */
function expectClustersOf(rest: readonly Position[], z: number, counts: readonly (readonly [string, number])[]): void {
  const [cells, least] = z <= 13 ? [8, 2] : [16, 33];
  const perCell = new Map<string, number>();
  for (const one of rest) {
    const { x, y } = project(one);
    const at = [x * 2 ** z * cells, y * 2 ** z * cells] as const;
    if (at.some((edge) => Math.abs(edge - Math.round(edge)) < 2 ** (z - 26))) return;
    const key = at.map((part) => Math.floor(part)).join("/");
    perCell.set(key, (perCell.get(key) ?? 0) + 1);
  }
  expect(new Map(counts)).toEqual(perCell);
  expect(new Map(counts).size).toBe(counts.length);
  expect(counts.filter(([, count]) => count < least)).toEqual([]);
}

/** The cell that a cluster is drawn in, clear of its edges unless it never parts. */
function cellKey({ x, y, properties }: Found, tile: Tile): string {
  const cells = tile.z <= 13 ? 8 : 16;
  const [cellX, cellY] = [(x * cells) / EXTENT, (y * cells) / EXTENT];
  const isClear = properties["zoom"] === 18 || [cellX % 1, cellY % 1].every((at) => at >= 0.11 && at <= 0.89);
  return isClear ? `${tile.x * cells + Math.floor(cellX)}/${tile.y * cells + Math.floor(cellY)}` : "at an edge";
}

function slotOf({ properties }: Found): number {
  return Number(String(properties["id"]).slice("demo:".length));
}

function inTile(one: Position, { z, x, y }: Tile): { x: number; y: number } {
  const at = project(one);
  return { x: Math.floor((at.x * 2 ** z - x) * EXTENT), y: Math.floor((at.y * 2 ** z - y) * EXTENT) };
}

function isNear(a: { x: number; y: number }, b: { x: number; y: number }): boolean {
  // The finest tile's units are a quarter of what positions are rounded to.
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) <= 5;
}
