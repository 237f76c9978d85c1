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
/** `isShared`: many points have the same values, which are then written once. Looking for equal ones takes time. */
export type TileKey = { name: string; isShared: boolean };
/** A point in the tile's units, with a value for each of its layer's keys; null: it has none. Numbers are whole, from 0. */
export type TilePoint = { x: number; y: number; values: readonly (Value | null)[] };
export type TileLayer = { name: string; keys: readonly TileKey[]; points: readonly TilePoint[] };

/** Writes a Mapbox Vector Tile (2.1) of points. A layer without any is left out, so a tile of nothing has no bytes. */
export function writeVectorTile(layers: readonly TileLayer[]): Uint8Array {
  const pbf = new PbfWriter(new Uint8Array(FIRST_BUFFER_BYTES));
  for (const layer of layers) if (layer.points.length > 0) pbf.writeMessage(TILE.layer, writeLayer, layer);
  return pbf.finish().slice();
}

function writeLayer({ name, keys, points }: TileLayer, pbf: PbfWriter): void {
  const values = new LayerValues(keys);
  pbf.writeVarintField(LAYER.version, VERSION);
  pbf.writeStringField(LAYER.name, name);
  for (const point of points) pbf.writeMessage(LAYER.feature, writeFeature, { point, tags: values.tagsOf(point) });
  for (const key of keys) pbf.writeStringField(LAYER.key, key.name);
  for (const value of values.all) pbf.writeMessage(LAYER.value, writeValue, value);
  pbf.writeVarintField(LAYER.extent, EXTENT);
}

/** A layer's values in the order of their numbers. */
class LayerValues {
  readonly all: Value[] = [];
  readonly #keys: readonly TileKey[];
  readonly #shared = new Map<Value, number>();

  constructor(keys: readonly TileKey[]) {
    this.#keys = keys;
  }

  /** A point's values as pairs of numbers: of the key and of the value. */
  tagsOf({ values }: TilePoint): number[] {
    const tags: number[] = [];
    // A plain loop: it runs for thousands of points.
    for (let key = 0; key < values.length; key += 1) {
      const value = values[key] ?? null;
      if (value !== null) tags.push(key, this.#keys[key]?.isShared === true ? this.#share(value) : this.#add(value));
    }
    return tags;
  }

  #share(value: Value): number {
    const known = this.#shared.get(value);
    if (known !== undefined) return known;
    const number = this.#add(value);
    this.#shared.set(value, number);
    return number;
  }

  #add(value: Value): number {
    return this.all.push(value) - 1;
  }
}

function writeFeature({ point, tags }: { point: TilePoint; tags: number[] }, pbf: PbfWriter): void {
  pbf.writePackedVarint(FEATURE.tags, tags);
  pbf.writeVarintField(FEATURE.type, POINT);
  // Zigzag encoding doubles what is not negative.
  pbf.writePackedVarint(FEATURE.geometry, [MOVE_ONCE, point.x * 2, point.y * 2]);
}

function writeValue(value: Value, pbf: PbfWriter): void {
  if (typeof value === "string") pbf.writeStringField(VALUE.text, value);
  else pbf.writeVarintField(VALUE.whole, value);
}
