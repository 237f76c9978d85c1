import { crc32, deflateSync } from "node:zlib";

import type { Colour } from "./colour.ts";
import { hash01 } from "./random.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const FAST = 1;
const PALETTE_COLOURS = 3;
const TRUE_COLOURS_AND_ALPHA = 6;
const LENGTH_BYTES = 4;

/** Noise in [0, 1] at a point. */
export type Noise = (x: number, y: number) => number;

/** Fractal value noise that repeats every `period` cells in both directions; `period` is a power of two. */
export function tileNoise(seed: number, period: number, octaves: number): Noise {
  const layers = Array.from({ length: octaves }, (_, octave) =>
    latticeNoise(seed + octave * 101, period * 2 ** octave),
  );
  const total = 2 - 2 ** (1 - octaves);
  return (x, y) => {
    let sum = 0;
    let zoom = 1;
    for (const layer of layers) {
      sum += layer(x * zoom, y * zoom) / zoom;
      zoom *= 2;
    }
    return sum / total;
  };
}

/** Random values on a grid of `cells` × `cells`, smooth between. */
function latticeNoise(seed: number, cells: number): Noise {
  const values = Float32Array.from({ length: cells * cells }, (_, index) => hash01(seed, index));
  const last = cells - 1;
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const left = x0 & last;
    const right = (x0 + 1) & last;
    const top = (y0 & last) * cells;
    const bottom = ((y0 + 1) & last) * cells;
    const sx = fx * fx * (3 - 2 * fx);
    const sy = fy * fy * (3 - 2 * fy);
    const upper = (values[top + left] ?? 0) * (1 - sx) + (values[top + right] ?? 0) * sx;
    const lower = (values[bottom + left] ?? 0) * (1 - sx) + (values[bottom + right] ?? 0) * sx;
    return upper + (lower - upper) * sy;
  };
}

/** A chunk of a PNG file (W3C, PNG specification, third edition, section 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(LENGTH_BYTES * 3 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, LENGTH_BYTES, "latin1");
  bytes.set(data, LENGTH_BYTES * 2);
  bytes.writeUInt32BE(
    crc32(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES * 2 + data.length)),
    LENGTH_BYTES * 2 + data.length,
  );
  return bytes;
}

function header(width: number, height: number, colourType: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.writeUInt8(8, 8);
  data.writeUInt8(colourType, 9);
  return chunk("IHDR", data);
}

/** Rows of samples, each behind its filter byte (none), compressed. */
export function packRows(samples: Uint8Array, rowBytes: number): Buffer {
  const rows = samples.length / rowBytes;
  const raw = new Uint8Array(samples.length + rows);
  for (let row = 0; row < rows; row += 1)
    raw.set(samples.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  return chunk("IDAT", deflateSync(raw, { level: FAST }));
}

function dataUri(...chunks: readonly Buffer[]): string {
  const png = Buffer.concat([SIGNATURE, ...chunks, chunk("IEND", new Uint8Array())]);
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** A PNG of palette indices as a data URI; recolouring it costs only a new palette. */
export function palettePng(
  width: number,
  height: number,
  rows: Buffer,
  colours: readonly Colour[],
  opacities: readonly number[],
): string {
  const palette = Uint8Array.from(colours.flat(), (part) => Math.round(Math.min(255, Math.max(0, part))));
  const alpha = Uint8Array.from(opacities, (opacity) => Math.round(opacity * 255));
  return dataUri(header(width, height, PALETTE_COLOURS), chunk("PLTE", palette), chunk("tRNS", alpha), rows);
}

/** A PNG of red, green, blue and alpha bytes as a data URI. */
export function truePng(width: number, height: number, rgba: Uint8Array): string {
  return dataUri(header(width, height, TRUE_COLOURS_AND_ALPHA), packRows(rgba, width * 4));
}

/** Remembers the last few results of a pure function that is dear to compute. */
export function remember<T>(capacity: number): (key: string, make: () => T) => T {
  const kept = new Map<string, T>();
  return (key, make) => {
    const known = kept.get(key);
    const value = known ?? make();
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next();
    if (kept.size > capacity && oldest.done !== true) kept.delete(oldest.value);
    return value;
  };
}
