import type { OverlayOptions, Sharp } from "sharp";

import { HEIGHT, WIDTH } from "./drawing.ts";
import type { Place } from "./places.ts";
import { between, hash01, seeded, smoothstep } from "./random.ts";
import { renderScene } from "./scene.ts";
import { solarPosition } from "./sun.ts";

const QUALITY = 80;
const LENSES = 3;
const RGBA = 4;
/** Opacity of the noise at its strongest, of 255. */
const DAY_NOISE = 7;
const NIGHT_NOISE = 11;
const DUSK_DEG = -6;
const CORNER_SHADE = 0.34;

type SharpModule = (input: Buffer) => Sharp;
let loading: Promise<SharpModule> | undefined;
const lenses = new Map<string, Buffer>();

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
    .composite([lensOf(place, timeMs)])
    .removeAlpha()
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/** What lens and sensor add to the scene: darker corners, and noise that is stronger in the dark. */
function lensOf(place: Place, timeMs: number): OverlayOptions {
  const night = solarPosition(place.lat, place.lon, timeMs).elevation < DUSK_DEG;
  const variant = Math.floor(hash01(Math.floor(timeMs / 40), 5) * LENSES);
  const input = lens(night ? NIGHT_NOISE : DAY_NOISE, variant);
  return { input, raw: { width: WIDTH, height: HEIGHT, channels: RGBA }, premultiplied: true };
}

function lens(strength: number, variant: number): Buffer {
  const key = `${strength}/${variant}`;
  const pixels = lenses.get(key) ?? drawLens(strength, variant);
  lenses.set(key, pixels);
  return pixels;
}

/** Black or white specks over a shade that grows towards the corners, with premultiplied alpha. */
function drawLens(strength: number, variant: number): Buffer {
  const random = seeded(`lens ${variant}`);
  const pixels = Buffer.alloc(WIDTH * HEIGHT * RGBA);
  for (let at = 0; at < pixels.length; at += RGBA) {
    const x = ((at / RGBA) % WIDTH) / WIDTH - 0.5;
    const y = Math.floor(at / RGBA / WIDTH) / HEIGHT - 0.5;
    const shade = CORNER_SHADE * smoothstep(0.36, 0.78, Math.hypot(x, y));
    const noise = (between(random, -0.5, 0.5) + between(random, -0.5, 0.5)) * strength;
    const alpha = 255 - (1 - shade) * (255 - Math.abs(noise));
    pixels.fill(noise > 0 ? Math.round(noise) : 0, at, at + RGBA - 1);
    pixels[at + RGBA - 1] = Math.round(alpha);
  }
  return pixels;
}
