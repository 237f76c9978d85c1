import { type Colour, rgb } from "./colour.ts";
import { clamp01, hash01, smoothstep } from "./random.ts";
import type { Shot } from "./shot.ts";
import { TERRAIN_COLUMNS, TERRAIN_ROWS, type TerrainView } from "./terrain.ts";
import { remember, truePng } from "./texture.ts";

const RAD = Math.PI / 180;
const MS_PER_RELIGHT = 60_000;
const KEPT_PICTURES = 12;
const SKY = 255;
const RGBA = 4;

/** What lies on the ground at which height, in the terrain's own units. */
export type Ground = {
  lowland: Colour;
  rock: Colour;
  /** Height at which snow begins; higher than any summit for none. */
  snowLine: number;
  /** Height at which forest or grass ends. */
  treeLine: number;
  /** How quickly things fade into the distance, 0 to 1. */
  haze: number;
};

const SNOW = rgb("f3f6fb");
const pictures = remember<string>(KEPT_PICTURES);

type Sunlight = { x: number; y: number; z: number; strength: number };

/** Direction towards the light, in the view's axes: right, away from the camera, up. */
function sunlight(shot: Shot): Sunlight {
  const source = shot.sun.elevation > -3 ? shot.sun : { elevation: 35, azimuth: shot.place.heading_deg + 70 };
  const aside = (source.azimuth - shot.place.heading_deg) * RAD;
  const elevation = Math.max(4, source.elevation) * RAD;
  const open = 1 - 0.75 * smoothstep(0.4, 0.95, shot.weather.cover);
  return {
    x: Math.sin(aside) * Math.cos(elevation),
    y: Math.cos(aside) * Math.cos(elevation),
    z: Math.sin(elevation),
    strength: smoothstep(-4, 3, shot.sun.elevation) * open,
  };
}

/** The terrain as a picture under the light of the minute, as a data URI with a transparent sky. */
export function relitTerrain(shot: Shot, view: TerrainView, ground: Ground): string {
  const minute = Math.floor(shot.timeMs / MS_PER_RELIGHT);
  return pictures(`${shot.place.slug}/${minute}`, () => {
    const pixels = new Uint8Array(TERRAIN_COLUMNS * TERRAIN_ROWS * RGBA);
    const paint = painter(shot, view, ground);
    for (let at = 0; at < view.distance.length; at += 1) if (view.distance[at] !== SKY) paint(pixels, at);
    return truePng(TERRAIN_COLUMNS, TERRAIN_ROWS, pixels);
  });
}

function painter(shot: Shot, view: TerrainView, ground: Ground): (pixels: Uint8Array, at: number) => void {
  const sun = sunlight(shot);
  const { ambient, low, middle, sun: glow, day } = shot.light;
  const haze = ground.haze * (1 + shot.weather.fog + shot.weather.cover * 0.3);
  const snowLine = ground.snowLine * (1 - 0.97 * shot.weather.white);
  return (pixels, at) => {
    const sx = view.slopeX[at] ?? 0;
    const sy = view.slopeY[at] ?? 0;
    const height = view.height[at] ?? 0;
    const up = 1 / Math.sqrt(1 + sx * sx + sy * sy);
    const towards = clamp01((-sx * sun.x - sy * sun.y + sun.z) * up);
    const direct = towards * sun.strength * 0.95;
    const soft = 0.42 + 0.2 * up + 0.34 * towards * (1 - sun.strength);
    const grain = hash01(61, at);
    const snow =
      smoothstep(snowLine - 2.5, snowLine + 2.5, height + grain * 1.4) * smoothstep(0.34, 0.6, up + grain * 0.08);
    const green =
      smoothstep(ground.treeLine + 2.5, ground.treeLine - 2, height + grain * 1.4) * smoothstep(0.42, 0.66, up);
    const distance = clamp01(((view.distance[at] ?? 0) / SKY) ** 1.1 * haze);
    for (let part = 0 as 0 | 1 | 2; part < 3; part = (part + 1) as 0 | 1 | 2) {
      const bare = ground.rock[part] * (0.92 + 0.16 * grain);
      const covered = bare + (ground.lowland[part] * (0.88 + 0.24 * grain) - bare) * green;
      const own = covered + (SNOW[part] - covered) * snow;
      const light = (ambient[part] / 255) * soft + (glow[part] / 255) * direct;
      const far = low[part] * 0.72 + middle[part] * 0.28;
      const near = own * Math.min(1.12, light) + (1 - day) * snow * 5;
      pixels[at * RGBA + part] = Math.min(255, near + (far - near) * distance);
    }
    pixels[at * RGBA + 3] = 255;
  };
}
