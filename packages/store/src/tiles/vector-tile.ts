import { PbfWriter } from "pbf";

/** A tile's width and height in its own units. */
export const EXTENT = 4096;
const VERSION = 2;
// Field numbers and values of the Mapbox Vector Tile specification 2.1, vector_tile.proto.
const TILE = { layer: 3 } as const;
const LAYER = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 } as const;
const FEATURE = { tags: 2, type: 3, geometry: 4 } as const;
const VALUE = { text: 1, whole: 5 } as const;
const POINT = 1;
/** One MoveTo. */
const MOVE_ONCE = 9;
const FIRST_BUFFER_BYTES = 16_384;

type Value = string | number;
/** A point in the tile's units, with a value for each of its layer's keys; null: it has none. Numbers are whole, from 0. */
export type TilePoint = { x: number; y: number; values: readonly (Value | null)[] };
export type TileLayer = { name: string; keys: readonly string[]; points: readonly TilePoint[] };

/** Writes a Mapbox Vector Tile (2.1) of points. A layer without any is left out, so a tile of nothing has no bytes. */
export function writeVectorTile(layers: readonly TileLayer[]): Uint8Array {
  const pbf = new PbfWriter(new Uint8Array(FIRST_BUFFER_BYTES));
  for (const layer of layers) if (layer.points.length > 0) pbf.writeMessage(TILE.layer, writeLayer, layer);
  return pbf.finish().slice();
}

function writeLayer({ name, keys, points }: TileLayer, pbf: PbfWriter): void {
  const values = new Map<Value, number>();
  pbf.writeVarintField(LAYER.version, VERSION);
  pbf.writeStringField(LAYER.name, name);
  for (const { x, y, values: own } of points) {
    pbf.writeMessage(LAYER.feature, writeFeature, { tags: tagsOf(own, values), x, y });
  }
  for (const key of keys) pbf.writeStringField(LAYER.key, key);
  for (const value of values.keys()) pbf.writeMessage(LAYER.value, writeValue, value);
  pbf.writeVarintField(LAYER.extent, EXTENT);
}

/** Pairs of numbers, of the key and of the value, each value having its number by when it first occurred. */
function tagsOf(own: readonly (Value | null)[], values: Map<Value, number>): number[] {
  const tags: number[] = [];
  for (const [key, value] of own.entries()) {
    if (value === null) continue;
    let number = values.get(value);
    if (number === undefined) values.set(value, (number = values.size));
    tags.push(key, number);
  }
  return tags;
}

function writeFeature({ tags, x, y }: { tags: number[]; x: number; y: number }, pbf: PbfWriter): void {
  pbf.writePackedVarint(FEATURE.tags, tags);
  pbf.writeVarintField(FEATURE.type, POINT);
  // Zigzag encoding doubles what is not negative.
  pbf.writePackedVarint(FEATURE.geometry, [MOVE_ONCE, x * 2, y * 2]);
}

function writeValue(value: Value, pbf: PbfWriter): void {
  if (typeof value === "string") pbf.writeStringField(VALUE.text, value);
  else pbf.writeVarintField(VALUE.whole, value);
}
