import { drawClouds } from "./clouds.ts";
import { type Colour, mix, rgb } from "./colour.ts";
import { box, disc, type Drawing, HEIGHT, n, WIDTH } from "./drawing.ts";
import { clamp01, hash01, modulo, smoothstep } from "./random.ts";
import { type Shot, skyPoint } from "./shot.ts";
import { siderealDegrees } from "./sun.ts";

const STARS = 420;
const STAR_FIELD_WIDTH = 1600;
const STAR_MAGNITUDES = [
  { size: 0.8, opacity: 0.35 },
  { size: 1, opacity: 0.6 },
  { size: 1.5, opacity: 0.9 },
] as const;
const MOON_RADIUS = 7;
const SUN_RADIUS = 8;
const MOONLIGHT = rgb("f4f1e4");
const STARLIGHT = rgb("e8eeff");
const SUNLIGHT = rgb("fffdf4");

/** The sky down to `horizon`, with all that stands and drifts in it. */
export function drawSky(drawing: Drawing, shot: Shot, horizon: number): void {
  const { light } = shot;
  const stops = [
    [0, light.top],
    [0.52, light.middle],
    [0.9, mix(light.middle, light.low, 0.8)],
    [1, light.low],
  ] as const;
  drawing.path(box(0, 0, WIDTH, Math.min(HEIGHT, horizon + 24)), drawing.gradient(stops));
  drawStars(drawing, shot, horizon);
  drawDuskGlow(drawing, shot, horizon);
  drawMoon(drawing, shot, horizon);
  drawSun(drawing, shot, horizon);
  drawClouds(drawing, shot, horizon);
}

function drawStars(drawing: Drawing, shot: Shot, horizon: number): void {
  const dark = smoothstep(-7, -14, shot.sun.elevation) * (1 - shot.weather.cover * 0.7);
  if (dark < 0.02) return;
  const drift = (siderealDegrees(shot.timeMs) / 360) * STAR_FIELD_WIDTH;
  const paths = STAR_MAGNITUDES.map(() => "");
  for (let star = 0; star < STARS; star += 1) {
    const x = modulo(hash01(11, star) * STAR_FIELD_WIDTH - drift, STAR_FIELD_WIDTH);
    const y = hash01(12, star) ** 1.3 * horizon;
    const magnitude = Math.floor(hash01(13, star) ** 2.2 * STAR_MAGNITUDES.length);
    const size = STAR_MAGNITUDES[magnitude]?.size ?? 1;
    const twinkles = hash01(star, Math.floor(shot.seconds * 3)) < 0.08;
    if (x < WIDTH && !twinkles) paths[magnitude] += `M${n(x)} ${n(y)}h${size}v${size}h-${size}z`;
  }
  STAR_MAGNITUDES.forEach(({ opacity }, index) => drawing.path(paths[index] ?? "", STARLIGHT, opacity * dark));
}

/** The bright arch over the place where the sun went down or will rise. */
function drawDuskGlow(drawing: Drawing, shot: Shot, horizon: number): void {
  const strength = smoothstep(-13, -3, shot.sun.elevation) * smoothstep(14, 1, shot.sun.elevation);
  const { x } = skyPoint(shot, shot.sun, horizon);
  const open = 1 - 0.75 * smoothstep(0.5, 1, shot.weather.cover);
  if (x > -500 && x < WIDTH + 500)
    drawing.glow(x, horizon, [430, horizon * 0.85], shot.light.sun, 0.75 * strength * open);
}

function drawMoon(drawing: Drawing, shot: Shot, horizon: number): void {
  const { moon, weather } = shot;
  const { x, y } = skyPoint(shot, moon, horizon);
  if (moon.elevation < -1 || x < -60 || x > WIDTH + 60) return;
  const lightness = (0.25 + 0.75 * smoothstep(4, -8, shot.sun.elevation)) * (1 - 0.6 * weather.cover);
  const full = 1 - Math.abs(moon.phase - 0.5) * 2;
  drawing.glow(x, y, 70, MOONLIGHT, 0.5 * full * lightness);
  drawing.path(disc(x, y, MOON_RADIUS), mix(shot.light.top, MOONLIGHT, 0.1), 0.5 * lightness);
  drawing.path(litLimb(x, y, moon.phase), MOONLIGHT, lightness);
}

/** The lit part of the moon's disc: a half circle, and half an ellipse for the terminator. */
function litLimb(x: number, y: number, phase: number): string {
  const r = MOON_RADIUS;
  const waxing = phase < 0.5;
  const bulge = Math.cos(phase * 2 * Math.PI) * r;
  const limb = waxing ? 1 : 0;
  const terminator = bulge > 0 === waxing ? 0 : 1;
  return `M${n(x)} ${n(y - r)}A${r} ${r} 0 0 ${limb} ${n(x)} ${n(y + r)}A${n(Math.abs(bulge))} ${r} 0 0 ${terminator} ${n(x)} ${n(y - r)}z`;
}

function drawSun(drawing: Drawing, shot: Shot, horizon: number): void {
  const { x, y } = skyPoint(shot, shot.sun, horizon);
  const up = smoothstep(-2, 0.5, shot.sun.elevation);
  if (up === 0 || x < -260 || x > WIDTH + 260 || y < -160) return;
  const open = 1 - 0.8 * smoothstep(0.45, 0.95, shot.weather.cover);
  const disk: Colour = mix(shot.light.sun, SUNLIGHT, clamp01(shot.sun.elevation / 8));
  drawing.glow(x, y, 280, shot.light.sun, 0.7 * up * open);
  drawing.glow(x, y, 46, disk, up * open);
  drawing.path(disc(x, y, SUN_RADIUS), disk, up * open);
}
