import type { OverlayOptions, Sharp } from "sharp";

import { HEIGHT, WIDTH } from "./drawing.ts";
import type { Place } from "./places.ts";
import { between, hash01, seeded } from "./random.ts";
import { renderScene } from "./scene.ts";
import { solarPosition } from "./sun.ts";

const QUALITY = 80;
const NOISE_SIDE = 256;
const NOISE_TILES = 4;
const RGBA = 4;
const DAY_NOISE = 3.5;
const NIGHT_NOISE = 5.5;
const DUSK_DEG = -6;

type SharpModule = (input: Buffer) => Sharp;
let loading: Promise<SharpModule> | undefined;
const grains = new Map<string, Buffer>();

/** Loaded with the first frame, so that listing the cameras costs nothing. */
function loadSharp(): Promise<SharpModule> {
  loading ??= import("sharp").then(({ default: sharp }) => {
    // No two frames are alike: nothing would ever be found in the cache.
    sharp.cache(false);
    return sharp;
  });
  return loading;
}

/**
 * One frame of a camera: a complete JPEG of 640 × 360.
 * The same place and time give the same bytes. Rasterising happens off the event loop.
 */
export async function renderFrame(place: Place, timeMs: number): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(renderScene(place, timeMs)))
    .composite([grain(place, timeMs)])
    .removeAlpha()
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/** The sensor's noise, stronger in the dark. */
function grain(place: Place, timeMs: number): OverlayOptions {
  const night = solarPosition(place.lat, place.lon, timeMs).elevation < DUSK_DEG;
  const tile = Math.floor(hash01(Math.floor(timeMs / 40), 5) * NOISE_TILES);
  const input = grainTile(night ? NIGHT_NOISE : DAY_NOISE, tile);
  return { input, raw: { width: NOISE_SIDE, height: NOISE_SIDE, channels: RGBA }, tile: true, gravity: "northwest" };
}

/** Black and white specks, the more opaque the further from the mean. */
function grainTile(strength: number, tile: number): Buffer {
  const key = `${strength}/${tile}`;
  const known = grains.get(key);
  if (known !== undefined) return known;
  const random = seeded(key);
  const pixels = Buffer.alloc(NOISE_SIDE * NOISE_SIDE * RGBA);
  for (let at = 0; at < pixels.length; at += RGBA) {
    const value = between(random, -1, 1) + between(random, -1, 1);
    pixels.fill(value > 0 ? 255 : 0, at, at + RGBA - 1);
    pixels[at + RGBA - 1] = Math.round(Math.abs(value) * strength);
  }
  grains.set(key, pixels);
  return pixels;
}

export const FRAME_SIZE = { width: WIDTH, height: HEIGHT } as const;
