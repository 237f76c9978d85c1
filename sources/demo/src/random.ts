const UINT32 = 4_294_967_296;

/** FNV-1a, 32 bits: a text's seed, the same on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** One number in [0, 1) for a pair of integers, without state. */
export function hash01(seed: number, index: number): number {
  let h = Math.imul(seed ^ Math.imul(index | 0, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / UINT32;
}

/** Numbers in [0, 1), one after another (mulberry32 by Tommy Ettinger, public domain). */
export type Random = () => number;

export function seeded(seed: string | number): Random {
  let state = typeof seed === "string" ? hashText(seed) : seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / UINT32;
  };
}

/** A number between `low` and `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** One of the choices. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** A curve in [0, 1] that wanders smoothly, one bend per unit of `at`. */
export function wander(seed: number, at: number): number {
  const whole = Math.floor(at);
  const part = at - whole;
  const from = hash01(seed, whole);
  return from + (hash01(seed, whole + 1) - from) * part * part * (3 - 2 * part);
}

export function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** 0 at `from`, 1 at `to`, smooth between; `from` may be the greater. */
export function smoothstep(from: number, to: number, value: number): number {
  const part = clamp01((value - from) / (to - from));
  return part * part * (3 - 2 * part);
}

export function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}
