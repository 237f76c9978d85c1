import { endOfSquare, type MortonPoints, sharedLevel } from "../index/morton.ts";
import { hasBit, type Selection } from "../index/selection.ts";
import type { SpatialOrder } from "../index/spatial-order.ts";
import { squareOf } from "../index/squares.ts";
import { gridOf, NEVER_PARTS, partingZoom } from "./cluster-grid.ts";
import { countShort } from "./count-short.ts";
import { checkAddress, rangeOf, sizeOfLevel, type TileAddress } from "./tile-address.ts";
import { EXTENT, type TileKey, type TilePoint, writeVectorTile } from "./vector-tile.ts";

export type { TileAddress } from "./tile-address.ts";

const CLUSTER_KEYS: readonly TileKey[] = [shared("count"), shared("count_short"), shared("zoom")];
const CAMERA_KEYS: readonly TileKey[] = [
  own("id"),
  own("name"),
  shared("source_id"),
  shared("stream_kind"),
  shared("country"),
  shared("city"),
  shared("health_status"),
];
/** How far a cluster keeps from its cell's edges, in cells, so that those of neighbouring cells do not overlap. */
const CELL_PADDING = 0.12;
/** Mercator units within a tile become its own units by leaving out all but the highest 12 bits. */
const SHIFT_TO_EXTENT = 32 - Math.log2(EXTENT);

/** What tiles tell about a camera, by slot. */
export type TileCameras = {
  idAt(slot: number): string;
  nameAt(slot: number): string;
  sourceAt(slot: number): string;
  kindAt(slot: number): string;
  countryAt(slot: number): string | null;
  cityAt(slot: number): string | null;
  healthAt(slot: number): string;
};

/** The selected points of a cell: how many, the sums of their coordinates, and where the first and the last stand. */
type Crowd = { count: number; sumX: number; sumY: number; first: number; last: number };

/**
 * A map tile of the selected cameras: a Mapbox Vector Tile with layers `clusters` (`count`, `count_short`, `zoom`: where
 * it falls apart) and `cameras` (the CAMERA_KEYS that are known). Each located camera is, at every zoom, in exactly one
 * tile, as itself or in one cluster.
 * @throws ArgusError ARGUS_TILE_INVALID
 */
export function renderTile(
  cameras: TileCameras,
  order: SpatialOrder,
  { bits }: Selection,
  address: TileAddress,
): Uint8Array {
  checkAddress(address);
  const points = order.points();
  const { from, to } = rangeOf(points, address);
  const { level, maxShown } = gridOf(address.z);
  const clusters: TilePoint[] = [];
  const shown: TilePoint[] = [];
  for (let begin = from; begin < to;) {
    const end = endOfSquare(points, begin, to, level);
    const crowd = crowdOf(points, bits, begin, end);
    if (crowd.count > maxShown) clusters.push(toCluster(points, crowd, level, address));
    else if (crowd.count > 0) addCameras(shown, points, crowd, { bits, cameras, zoom: address.z });
    begin = end;
  }
  return writeVectorTile([
    { name: "clusters", keys: CLUSTER_KEYS, points: clusters },
    { name: "cameras", keys: CAMERA_KEYS, points: shown },
  ]);
}

// Plain loops over typed arrays, and no branches for a processor to guess wrong: at zoom 0 they run over a million points.
function crowdOf({ xs, ys, slots }: MortonPoints, bits: Uint32Array, from: number, to: number): Crowd {
  let [count, sumX, sumY] = [0, 0, 0];
  for (let at = from; at < to; at += 1) {
    const slot = slots[at] ?? 0;
    const bit = ((bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1;
    count += bit;
    sumX += ((xs[at] ?? 0) & -bit) >>> 0;
    sumY += ((ys[at] ?? 0) & -bit) >>> 0;
  }
  let [first, last] = [from, to - 1];
  if (count > 0) {
    while (!hasBit(bits, slots[first] ?? 0)) first += 1;
    while (!hasBit(bits, slots[last] ?? 0)) last -= 1;
  }
  return { count, sumX, sumY, first, last };
}

function toCluster(points: MortonPoints, crowd: Crowd, level: number, tile: TileAddress): TilePoint {
  const { count, sumX, sumY, first, last } = crowd;
  const cell = squareOf(points, first, level);
  const zoom = partingZoom(count, sharedLevel(points, first, last));
  // What never parts is looked for where it stands, so there it is drawn.
  const padding = zoom === NEVER_PARTS ? 0 : sizeOfLevel(level) * CELL_PADDING;
  const x = Math.min(cell.east - padding, Math.max(cell.west + padding, sumX / count));
  const y = Math.min(cell.south - padding, Math.max(cell.north + padding, sumY / count));
  const size = sizeOfLevel(tile.z);
  return {
    x: Math.floor((x / size - tile.x) * EXTENT),
    y: Math.floor((y / size - tile.y) * EXTENT),
    values: [count, countShort(count), zoom],
  };
}

function addCameras(
  shown: TilePoint[],
  { xs, ys, slots }: MortonPoints,
  { first, last }: Crowd,
  { bits, cameras, zoom }: { bits: Uint32Array; cameras: TileCameras; zoom: number },
): void {
  for (let at = first; at <= last; at += 1) {
    const slot = slots[at] ?? 0;
    if (!hasBit(bits, slot)) continue;
    shown.push({
      x: ((xs[at] ?? 0) << zoom) >>> SHIFT_TO_EXTENT,
      y: ((ys[at] ?? 0) << zoom) >>> SHIFT_TO_EXTENT,
      values: valuesOf(cameras, slot),
    });
  }
}

/** In the order of CAMERA_KEYS. */
function valuesOf(cameras: TileCameras, slot: number): (string | null)[] {
  return [
    cameras.idAt(slot),
    cameras.nameAt(slot),
    cameras.sourceAt(slot),
    cameras.kindAt(slot),
    cameras.countryAt(slot),
    cameras.cityAt(slot),
    cameras.healthAt(slot),
  ];
}

function shared(name: string): TileKey {
  return { name, isShared: true };
}

function own(name: string): TileKey {
  return { name, isShared: false };
}
