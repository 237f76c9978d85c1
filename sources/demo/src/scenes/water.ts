import { type Colour, mix, rgb } from "../colour.ts";
import { box, type Drawing, n, WIDTH } from "../drawing.ts";
import { hash01, smoothstep } from "../random.ts";
import { type Shot, skyPoint } from "../shot.ts";

const RIPPLES = 210;
const GLITTERS = 110;
const STREAK_DASHES = 13;
const DEEP = rgb("1d3f4c");

/** A light whose reflection the water shows. */
export type ShoreLight = { x: number; colour: Colour; strength: number };

/** Open water between two heights of the picture: the sky's colours upside down, ripples, and the sun's or moon's path. */
export function drawWater(drawing: Drawing, shot: Shot, top: number, bottom: number, deep: Colour = DEEP): void {
  const { light } = shot;
  const body: Colour = mix([0, 0, 0], deep, 0.12 + 0.88 * light.day);
  const stops = [
    [0, mix(light.low, body, 0.25)],
    [0.18, mix(mix(light.low, light.middle, 0.5), body, 0.42)],
    [1, mix(light.top, body, 0.74)],
  ] as const;
  drawing.path(box(0, top, WIDTH, bottom - top), drawing.gradient(stops));
  drawRipples(drawing, shot, top, bottom);
  drawGlitter(drawing, shot, top, bottom);
}

function lens(x: number, y: number, width: number, height: number): string {
  return `M${n(x - width / 2)} ${n(y)}q${n(width / 2)} ${n(-height)} ${n(width)} 0q${n(-width / 2)} ${n(height)} ${n(-width)} 0z`;
}

/** How near row `part` (0 at the far shore to 1 at the picture's edge) looks. */
function rowAt(part: number, top: number, bottom: number): { y: number; size: number } {
  return { y: top + 1 + (bottom - top) * part ** 1.9, size: 0.12 + 0.88 * part ** 1.5 };
}

function drawRipples(drawing: Drawing, shot: Shot, top: number, bottom: number): void {
  let bright = "";
  let dark = "";
  for (let index = 0; index < RIPPLES; index += 1) {
    const { y, size } = rowAt(hash01(21, index), top, bottom);
    const phase = hash01(22, index) * 6.28;
    const swell = Math.sin(shot.seconds * (1.1 + hash01(24, index)) + phase);
    if (swell < -0.4) continue;
    const drift = ((hash01(23, index) * (WIDTH + 80) + shot.seconds * 5 * size) % (WIDTH + 80)) - 40;
    const wave = lens(
      drift + Math.sin(shot.seconds * 0.5 + phase) * 8 * size,
      y,
      (18 + 50 * (swell + 0.4)) * size,
      3.4 * size,
    );
    if (index % 2 === 0) bright += wave;
    else dark += wave;
  }
  drawing.path(bright, mix(shot.light.low, [255, 255, 255], 0.18 * shot.light.day), 0.26);
  drawing.path(dark, mix(shot.light.top, [0, 10, 20], 0.6), 0.24);
}

function drawGlitter(drawing: Drawing, shot: Shot, top: number, bottom: number): void {
  const sunUp = smoothstep(-1.5, 1, shot.sun.elevation);
  const source = sunUp > 0 ? shot.sun : shot.moon;
  const moonlit =
    smoothstep(0, 8, shot.moon.elevation) *
    (1 - Math.abs(shot.moon.phase - 0.5) * 2) *
    smoothstep(-5, -11, shot.sun.elevation);
  const strength = (sunUp > 0 ? sunUp : moonlit * 0.55) * (1 - 0.85 * smoothstep(0.4, 0.9, shot.weather.cover));
  const { x } = skyPoint(shot, source, top);
  if (strength < 0.03 || x < -200 || x > WIDTH + 200) return;
  let path = "";
  for (let index = 0; index < GLITTERS; index += 1) {
    if (hash01(index, Math.floor(shot.seconds * 5)) < 0.45) continue;
    const { y, size } = rowAt(hash01(31, index), top, bottom);
    const aside = (hash01(32, index) + hash01(33, index) + hash01(34, index) - 1.5) * (30 + 190 * size);
    path += lens(x + aside, y, 4 + 20 * size, 2.2 * size + 0.5);
  }
  drawing.path(path, mix(shot.light.sun, [255, 255, 255], 0.45), 0.85 * strength);
}

/** The long broken reflections that lamps on the far shore throw towards the camera. */
export function drawStreaks(
  drawing: Drawing,
  shot: Shot,
  top: number,
  length: number,
  lights: readonly ShoreLight[],
): void {
  if (shot.light.lamps < 0.05) return;
  const paths = new Map<string, { colour: Colour; d: string }>();
  lights.forEach(({ x, colour, strength }, light) => {
    const known = paths.get(colour.join()) ?? { colour, d: "" };
    const reach = length * (0.35 + 0.65 * strength);
    drawing.glow(x, top + reach * 0.3, [3.2 + 3 * strength, reach * 0.75], colour, 0.5 * shot.light.lamps * strength);
    known.d += streakPath(shot.seconds, x, light, { top, reach, strength });
    paths.set(colour.join(), known);
  });
  for (const { colour, d } of paths.values()) drawing.path(d, colour, 0.42 * shot.light.lamps);
}

/** One lamp's reflection, cut into dashes by the waves. */
function streakPath(
  seconds: number,
  x: number,
  light: number,
  of: { top: number; reach: number; strength: number },
): string {
  let path = "";
  for (let dash = 0; dash < STREAK_DASHES; dash += 1) {
    const part = (dash + hash01(light, dash) * 0.5) / STREAK_DASHES;
    const sway = Math.sin(seconds * 2.1 + dash * 1.9 + light) * (0.3 + part * 1.8);
    if (hash01(light * 16 + dash, Math.floor(seconds * 4)) > 1.1 - part * 0.9) continue;
    path += lens(x + sway, of.top + 1.5 + part * of.reach, (3 + part * 4.5) * (0.4 + of.strength * 0.6), 1.2 + part);
  }
  return path;
}
