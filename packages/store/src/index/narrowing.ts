import { type Bbox, distanceKm, type Near } from "@argus/core";

/*
 * Passes over a chunk's slots: each takes away the bits of those that are not wanted. The loops are plain and indexed,
 * for they run over a million slots.
 */
const WORD_BITS = 32;
/** Fewer bits in a word are looked at one by one. */
const FEW = 12;
/** Less than the length of a degree of latitude anywhere, so that nothing near is cut off. */
export const KM_PER_DEGREE_AT_LEAST: number = 110.5;
/** No two points are farther apart. */
const HALF_ROUND_THE_EARTH_KM = 20_015.2;
const EARTH_RADIUS_AT_LEAST_KM = 6331;
const RADIANS = Math.PI / 180;
const ROUNDING_DEGREES = 1e-6;

/** Keeps the slots whose code is wanted. */
export function keepWanted(bits: Uint32Array, codes: Uint32Array | Uint8Array, wanted: Uint8Array): void {
  for (let word = 0; word < bits.length; word += 1) {
    const present = bits[word] ?? 0;
    if (present === 0) continue;
    bits[word] = hasFew(present)
      ? fewWanted(present, codes, wanted, word * WORD_BITS)
      : present & allWanted(codes, wanted, word * WORD_BITS);
  }
}

function hasFew(present: number): boolean {
  let left = present;
  for (let found = 0; found < FEW && left !== 0; found += 1) left &= left - 1;
  return left === 0;
}

function fewWanted(present: number, codes: Uint32Array | Uint8Array, wanted: Uint8Array, from: number): number {
  let kept = present;
  for (let left = present; left !== 0; left &= left - 1) {
    const lowest = left & -left;
    if (wanted[codes[from + 31 - Math.clz32(lowest)] ?? 0] !== 1) kept ^= lowest;
  }
  return kept;
}

function allWanted(codes: Uint32Array | Uint8Array, wanted: Uint8Array, from: number): number {
  let kept = 0;
  for (let at = 0; at < WORD_BITS; at += 1) kept |= (wanted[codes[from + at] ?? 0] ?? 0) << at;
  return kept;
}

/** Keeps those that are marked, or those that are not. `firstWord`: the chunk's first word in `marks`, which end after the last mark. */
export function keepMarked(bits: Uint32Array, marks: Uint32Array, firstWord: number, isMarked: boolean): void {
  for (let word = 0; word < bits.length; word += 1) {
    const marked = marks[firstWord + word] ?? 0;
    bits[word] = (bits[word] ?? 0) & (isMarked ? marked : ~marked);
  }
}

/** As `bboxContains` has it. */
export function keepInBox(bits: Uint32Array, lats: Float64Array, lons: Float64Array, box: Bbox): void {
  const [west, south, east, north] = box;
  const crosses = west > east;
  keepIf(bits, (at) => {
    const lat = lats[at] ?? Number.NaN;
    const lon = lons[at] ?? Number.NaN;
    if (lat < south || lat > north) return false;
    return crosses ? lon >= west || lon <= east : lon >= west && lon <= east;
  });
}

/** Keeps what is at most `near.km` away. */
export function keepNear(bits: Uint32Array, lats: Float64Array, lons: Float64Array, near: Near): void {
  const position = { lat: 0, lon: 0 };
  const maxLat = near.km / KM_PER_DEGREE_AT_LEAST;
  const maxLon = lonReach(near);
  const isEverywhere = near.km >= HALF_ROUND_THE_EARTH_KM;
  keepIf(bits, (at) => {
    position.lat = lats[at] ?? Number.NaN;
    position.lon = lons[at] ?? Number.NaN;
    if (Math.abs(position.lat - near.lat) > maxLat) return false;
    if (isEverywhere) return !Number.isNaN(position.lat + position.lon);
    const apart = Math.abs(position.lon - near.lon);
    if (Math.min(apart, 360 - apart) > maxLon) return false;
    return distanceKm(near, position) <= near.km;
  });
}

/** How many degrees of longitude a circle reaches to either side, or a little more. */
function lonReach({ lat, km }: Near): number {
  const radius = km / EARTH_RADIUS_AT_LEAST_KM;
  const isAroundPole = Math.abs(lat) * RADIANS + radius >= Math.PI / 2 - ROUNDING_DEGREES;
  return isAroundPole
    ? 180
    : Math.asin(Math.min(1, Math.sin(radius) / Math.cos(lat * RADIANS))) / RADIANS + ROUNDING_DEGREES;
}

function keepIf(bits: Uint32Array, isWanted: (at: number) => boolean): void {
  for (let word = 0; word < bits.length; word += 1) {
    let kept = bits[word] ?? 0;
    for (let left = kept; left !== 0; left &= left - 1) {
      const lowest = left & -left;
      if (!isWanted(word * WORD_BITS + 31 - Math.clz32(lowest))) kept ^= lowest;
    }
    bits[word] = kept;
  }
}
