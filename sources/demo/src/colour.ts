import { clamp01 } from "./random.ts";

/** Red, green and blue, 0 to 255 each, in sRGB. */
export type Colour = readonly [number, number, number];

/** Of six hexadecimal digits. */
export function rgb(digits: string): Colour {
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function hex(colour: Colour): string {
  return `#${colour
    .map((part) =>
      Math.round(clamp01(part / 255) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

export function mix(a: Colour, b: Colour, share: number): Colour {
  const part = clamp01(share);
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];
}

/** What a surface of colour `a` shows in light of colour `b`. */
export function multiply(a: Colour, b: Colour): Colour {
  return [(a[0] * b[0]) / 255, (a[1] * b[1]) / 255, (a[2] * b[2]) / 255];
}

export function scale(a: Colour, by: number): Colour {
  return [a[0] * by, a[1] * by, a[2] * by];
}

/** Light upon light: never darker than either. */
export function screen(a: Colour, b: Colour, share = 1): Colour {
  const one = (index: 0 | 1 | 2) => 255 - ((255 - a[index]) * (255 - b[index] * clamp01(share))) / 255;
  return [one(0), one(1), one(2)];
}

/** The grey as bright as the colour (Rec. 601 weights). */
export function grey(a: Colour): Colour {
  const luma = 0.299 * a[0] + 0.587 * a[1] + 0.114 * a[2];
  return [luma, luma, luma];
}
