import { type Colour, mix } from "./colour.ts";
import { type Drawing, n, WIDTH } from "./drawing.ts";
import type { Shot } from "./shot.ts";
import { clamp01, hash01, modulo, smoothstep } from "./random.ts";
import { packRows, palettePng, remember, tileNoise } from "./texture.ts";

const COLUMNS = 384;
const ROWS = 104;
const PERIOD = 8;
const OCTAVES = 6;
const FIELDS = 5;
const LEVELS = 16;
const COVER_STEPS = 20;
const DRAWN_WIDTH = 1280;
/** Opacity of the thickest cloud in an almost clear sky. */
const THIN = 0.8;
const KEPT_FIELDS = FIELDS;
const KEPT_CLOUDS = 48;

const fields = remember<Float32Array>(KEPT_FIELDS);
const clouds = remember<Buffer>(KEPT_CLOUDS);

/** How thick the cloud is, 0 to 1, by row and column; rows crowd towards the horizon, as a flat layer of clouds does. */
function densityField(seed: number): Float32Array {
  const field = new Float32Array(COLUMNS * ROWS);
  const coarse = tileNoise(seed, PERIOD, OCTAVES);
  const fine = tileNoise(seed + 7, PERIOD * 2, 3);
  for (let row = 0; row < ROWS; row += 1) {
    const nearness = 1 - row / ROWS;
    const depth = 6.2 / (0.2 + nearness);
    for (let column = 0; column < COLUMNS; column += 1) {
      const x = (column / COLUMNS) * PERIOD;
      field[row * COLUMNS + column] = coarse(x, depth) * 0.8 + fine(x * 2, depth * 1.5) * 0.2;
    }
  }
  return field;
}

/** Palette indices: the cloud's opacity in the high four bits, how much light its side gets in the low ones. */
function cloudRows(seed: number, cover: number): Buffer {
  const field = fields(String(seed), () => densityField(seed));
  const threshold = 0.66 - 0.36 * cover;
  const samples = new Uint8Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const at = row * COLUMNS + column;
      const here = field[at] ?? 0;
      const above = field[Math.max(0, row - 5) * COLUMNS + ((column + 3) % COLUMNS)] ?? here;
      const opacity = smoothstep(threshold, threshold + 0.15, here);
      const light = clamp01(0.66 + (here - above) * 3.4 - Math.max(0, here - threshold - 0.06) * 1.9);
      samples[at] = (Math.round(opacity * (LEVELS - 1)) << 4) | Math.round(light * (LEVELS - 1));
    }
  }
  return packRows(samples, COLUMNS);
}

function cloudImage(seed: number, cover: number, shade: Colour, bright: Colour): string {
  const step = Math.round(cover * COVER_STEPS) / COVER_STEPS;
  const rows = clouds(`${seed}/${step}`, () => cloudRows(seed, step));
  const indices = Array.from({ length: LEVELS * LEVELS }, (_, index) => index);
  return palettePng(
    COLUMNS,
    ROWS,
    rows,
    indices.map((index) => mix(shade, bright, (index & 15) / (LEVELS - 1))),
    indices.map((index) => ((index >> 4) / (LEVELS - 1)) * (THIN + (1 - THIN) * cover)),
  );
}

/** A layer of cloud that drifts with the wind, down to `horizon`. */
export function drawClouds(drawing: Drawing, shot: Shot, horizon: number): void {
  const { weather, light } = shot;
  if (weather.cover < 0.04) return;
  const image = cloudImage(shot.seed % FIELDS, weather.cover, light.cloudShade, light.cloudLit);
  const speed = Math.sign(weather.wind) * (1.5 + 5 * hash01(shot.seed, 8));
  // Whole pixels: two tiles would show a seam where they share one.
  const x = Math.floor(modulo(shot.seconds * speed + shot.seed, DRAWN_WIDTH));
  const size = `width="${DRAWN_WIDTH}" height="${n(horizon + 4)}"`;
  drawing.define("cloud", `<image id="cloud" ${size} preserveAspectRatio="none" href="${image}"/>`);
  for (const left of [x - DRAWN_WIDTH, x]) {
    if (left < WIDTH && left + DRAWN_WIDTH > 0) drawing.add(`<use href="#cloud" x="${left}"/>`);
  }
}
