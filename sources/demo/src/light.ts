import { type Colour, grey, mix, multiply, rgb, scale, screen } from "./colour.ts";
import { clamp01, smoothstep } from "./random.ts";
import type { Weather } from "./weather.ts";

/** The colours of the hour: what the sky shows, and what everything under it is lit with. */
export type Light = {
  top: Colour;
  middle: Colour;
  /** The sky at the horizon before the camera; also the colour of distance. */
  low: Colour;
  /** Multiplies every surface's own colour. */
  ambient: Colour;
  cloudLit: Colour;
  cloudShade: Colour;
  /** The colour of the sun's and the moon's halo. */
  sun: Colour;
  /** 0 by day, 1 when every lamp burns. */
  lamps: number;
  /** 0 in the dark, 1 in full day. */
  day: number;
  /** 1 where the camera looks towards the sun's azimuth, -1 away from it. */
  facing: number;
};

const KEYS = ["top", "middle", "lowSun", "lowAway", "ambient", "cloudLit", "cloudShade", "sun"] as const;
type Key = (typeof KEYS)[number];

// Chosen by eye against photographs, by the sun's elevation in degrees; between two rows colours are mixed.
const HOURS: readonly (readonly [elevation: number, ...colours: string[]])[] = [
  [-18, "070b1b", "0d1530", "1b2440", "151d34", "2c3552", "242c44", "0e1322", "5a6a90"],
  [-12, "0a122c", "152146", "38355a", "1e284c", "2f3756", "30375a", "141a30", "6a6a90"],
  [-7, "13244f", "2f3f70", "9c6858", "333f66", "414669", "685874", "2c3252", "d08060"],
  [-4, "1b3468", "485c90", "e09060", "59648e", "545374", "bc7e7a", "4c4e70", "f09860"],
  [-1, "2d528e", "788cb4", "f8aa68", "9c94b0", "92808a", "f6a684", "7c728e", "ffb070"],
  [2, "3a6aaa", "8fabcf", "fcca8e", "bab8ca", "c8ac92", "ffce9c", "8e889e", "ffd090"],
  [6, "3f79bc", "93b8dd", "f2dcb4", "c4d3e1", "e6d2b6", "ffe8cc", "9ea4b6", "ffe8b8"],
  [15, "3a7cc4", "84b4e2", "d8e4ea", "c8daea", "f8eedc", "fffaf2", "a8b2c2", "fff4d8"],
  [40, "2f72c0", "74ace2", "c8def0", "c4dcf0", "fffdf8", "ffffff", "b0bccc", "fffaf0"],
];
/** What a sensitive camera makes of starlight, where no lamp outshines it. */
const NIGHT_GAIN = rgb("2f4066");
const CITY_GLOW = rgb("6a4a2c");
const WHITE = rgb("ffffff");

function skyColours(elevation: number): Record<Key, Colour> {
  const above = HOURS.findIndex(([at]) => at > elevation);
  const upper = HOURS[above === -1 ? HOURS.length - 1 : above];
  const lower = HOURS[above === -1 ? HOURS.length - 1 : Math.max(0, above - 1)] ?? upper;
  if (upper === undefined || lower === undefined) throw new RangeError("the table of hours is empty");
  const share = upper === lower ? 0 : (elevation - lower[0]) / (upper[0] - lower[0]);
  const colour = (index: number) => mix(rgb(lower[index + 1] as string), rgb(upper[index + 1] as string), share);
  return Object.fromEntries(KEYS.map((key, index) => [key, colour(index)])) as Record<Key, Colour>;
}

/** Towards the grey of a covered sky, which is darker by day and loses the colours of the dusk. */
function overcast(colour: Colour, cover: number): Colour {
  return mix(colour, scale(mix(colour, grey(colour), 0.75), 0.9), smoothstep(0.45, 1, cover));
}

/**
 * The light of a moment.
 * @param elevation the sun's, degrees
 * @param facing cosine of the angle between the camera's heading and the sun's azimuth
 * @param urban 0 in the wild to 1 in a city, whose lamps colour the night sky
 */
export function lightOf(elevation: number, facing: number, weather: Weather, urban: number): Light {
  const sky = skyColours(elevation);
  const lamps = Math.max(
    smoothstep(1.5, -4, elevation),
    smoothstep(8, 2, elevation) * smoothstep(0.7, 1, weather.cover) * 0.8,
  );
  const dark = smoothstep(-4, -12, elevation);
  const gain = dark * (1 - urban);
  const glow = urban * dark * (0.35 + 0.4 * weather.cover);
  const towards = smoothstep(-0.6, 1, facing);
  const low = overcast(mix(sky.lowAway, sky.lowSun, towards), weather.cover);
  const dim = 1 - 0.3 * smoothstep(0.6, 1, weather.cover) * clamp01((elevation + 6) / 20);
  return {
    top: screen(overcast(mix(sky.top, sky.middle, weather.cover * 0.4), weather.cover), CITY_GLOW, glow * 0.18),
    middle: screen(screen(overcast(sky.middle, weather.cover), CITY_GLOW, glow * 0.4), NIGHT_GAIN, gain * 0.3),
    low: screen(screen(low, CITY_GLOW, glow), NIGHT_GAIN, gain * 0.55),
    ambient: scale(screen(screen(overcast(sky.ambient, weather.cover), CITY_GLOW, glow * 0.3), NIGHT_GAIN, gain), dim),
    cloudLit: screen(overcast(sky.cloudLit, weather.cover), CITY_GLOW, glow * 0.45),
    cloudShade: screen(overcast(sky.cloudShade, weather.cover), CITY_GLOW, glow * 0.5),
    sun: sky.sun,
    lamps,
    day: smoothstep(-8, 8, elevation),
    facing,
  };
}

/**
 * What the camera sees of a surface.
 * @param own its colour in white light
 * @param distance 0 at hand to 1 on the horizon, where it fades into the sky
 */
export function lit(light: Light, own: Colour, distance = 0, strength = 1): Colour {
  return mix(scale(multiply(own, light.ambient), strength), light.low, distance);
}

/** A lamp's colour, as bright as lamps are now; `own` by night, the unlit glass by day. */
export function lamp(light: Light, own: Colour, glass: Colour): Colour {
  return mix(multiply(glass, light.ambient), mix(own, WHITE, 0.15), light.lamps);
}
