import { clamp01, seeded, smoothstep } from "./random.ts";
import { type Noise, remember, tileNoise } from "./texture.ts";

export const TERRAIN_COLUMNS = 480;
export const TERRAIN_ROWS = 200;
const MAP_SIDE = 256;
const MAP_PERIOD = 8;
const OCTAVES = 6;
const FIRST_STEP = 5;
const FAR = 250;
const STEP_GROWTH = 0.0075;
const VIEW_WIDTH = 1.25;
const CAMERA_HEIGHT = 5;
const FOCAL = TERRAIN_COLUMNS / VIEW_WIDTH;
const KEPT_VIEWS = 16;
const NOTHING = 255;

/** How a mountain is shaped. Lengths are in cells of the height map, of which 256 lie between camera and rim. */
export type Relief = {
  /** Height of the noise's ridges. */
  ridges: number;
  /** The height added around (x, y) at a distance from the summit. */
  summits: readonly { x: number; y: number; height: number; radius: number; profile: Profile }[];
};
export type Profile = "horn" | "cone" | "mesa" | "dome";

/** What each picture element of a terrain shows; 255 in `distance` is sky. */
export type TerrainView = {
  distance: Uint8Array;
  /** Height above the valley in sixteenths of a cell. */
  height: Float32Array;
  /** The ground's slope to the right and away from the camera. */
  slopeX: Float32Array;
  slopeY: Float32Array;
};

const views = remember<TerrainView>(KEPT_VIEWS);

function profileHeight(profile: Profile, part: number): number {
  if (part >= 1) return 0;
  const near = 1 - part;
  if (profile === "horn") return near ** 1.7 * 0.85 + Math.max(0, 1 - part * 3) * 0.15;
  if (profile === "cone") return near ** 1.9 - Math.max(0, 0.05 - part) * 1.4;
  if (profile === "mesa") return smoothstep(1, 0.62, part) * 0.86 + near * 0.14;
  return near * near * (3 - 2 * near);
}

/** Rough ground with sharp crests. */
function ridgedNoise(seed: number): Noise {
  const roughness = tileNoise(seed, MAP_PERIOD, OCTAVES - 2);
  const crests = tileNoise(seed + 50, MAP_PERIOD, OCTAVES);
  return (x, y) => (1 - Math.abs(crests(x, y) * 2 - 1)) ** 2 * 0.75 + roughness(x, y) * 0.25;
}

function heightMap(seed: number, relief: Relief): Float32Array {
  const map = new Float32Array(MAP_SIDE * MAP_SIDE);
  const ridged = ridgedNoise(seed);
  for (let y = 0; y < MAP_SIDE; y += 1) {
    for (let x = 0; x < MAP_SIDE; x += 1) {
      const noise = ridged((x / MAP_SIDE) * MAP_PERIOD, (y / MAP_SIDE) * MAP_PERIOD);
      // The camera stands in a valley, so that nothing is in its way.
      let height = noise * relief.ridges * smoothstep(20, 150, y);
      for (const summit of relief.summits) {
        const part = Math.hypot(x - summit.x, y - summit.y) / (summit.radius * (0.75 + 0.5 * noise));
        height += summit.height * profileHeight(summit.profile, part);
      }
      map[y * MAP_SIDE + x] = height;
    }
  }
  return map;
}

function sample(map: Float32Array, x: number, y: number): number {
  const cx = Math.min(MAP_SIDE - 2, Math.max(0, x));
  const cy = Math.min(MAP_SIDE - 2, Math.max(0, y));
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const fx = cx - x0;
  const at = y0 * MAP_SIDE + x0;
  const upper = (map[at] ?? 0) + ((map[at + 1] ?? 0) - (map[at] ?? 0)) * fx;
  const lower = (map[at + MAP_SIDE] ?? 0) + ((map[at + MAP_SIDE + 1] ?? 0) - (map[at + MAP_SIDE] ?? 0)) * fx;
  return upper + (lower - upper) * (cy - y0);
}

/**
 * A height map seen from its near rim, column by column from front to back (the "voxel space" of the game Comanche,
 * 1992). Light does not enter here, so that one view serves all hours.
 * @param horizon the row of the view at the height of the camera's eye
 */
export function terrainView(key: string, horizon: number, relief: Relief): TerrainView {
  return views(key, () => traceView(heightMap(Math.floor(seeded(key)() * 1e6), relief), horizon));
}

function traceView(map: Float32Array, horizon: number): TerrainView {
  const size = TERRAIN_COLUMNS * TERRAIN_ROWS;
  const view: TerrainView = {
    distance: new Uint8Array(size).fill(NOTHING),
    height: new Float32Array(size),
    slopeX: new Float32Array(size),
    slopeY: new Float32Array(size),
  };
  for (let column = 0; column < TERRAIN_COLUMNS; column += 1) traceColumn(view, map, column, horizon);
  return view;
}

function traceColumn(view: TerrainView, map: Float32Array, column: number, horizon: number): void {
  const aside = (column / TERRAIN_COLUMNS - 0.5) * VIEW_WIDTH;
  let drawnDownFrom = TERRAIN_ROWS;
  for (let z = FIRST_STEP; z < FAR && drawnDownFrom > 0; z += z * STEP_GROWTH) {
    const x = MAP_SIDE / 2 + aside * z;
    const height = sample(map, x, z);
    const row = Math.max(0, Math.ceil(horizon - ((height - CAMERA_HEIGHT) / z) * FOCAL));
    if (row >= drawnDownFrom) continue;
    const slopeX = sample(map, x + 0.8, z) - sample(map, x - 0.8, z);
    const slopeY = sample(map, x, z + 0.8) - sample(map, x, z - 0.8);
    for (let at = row * TERRAIN_COLUMNS + column; at < drawnDownFrom * TERRAIN_COLUMNS; at += TERRAIN_COLUMNS) {
      view.distance[at] = Math.round(clamp01(z / FAR) * (NOTHING - 1));
      view.height[at] = height;
      view.slopeX[at] = slopeX;
      view.slopeY[at] = slopeY;
    }
    drawnDownFrom = row;
  }
}
