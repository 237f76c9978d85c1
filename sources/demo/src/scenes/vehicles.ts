import { type Colour, rgb } from "../colour.ts";
import { box, disc, type Drawing, n, oval } from "../drawing.ts";
import { lit } from "../light.ts";
import { hash01 } from "../random.ts";
import type { Shot } from "../shot.ts";

const PAINTS = ["d9dbdc", "3a3f45", "8e9499", "9c2a2a", "2c4f7c", "c9c3b3", "1f2326", "5c6f5a"].map(rgb);
const TRAILERS = ["e8e6df", "b8533c", "3d6a8c", "d8b04a"].map(rgb);
const HEADLIGHT = rgb("fff4d6");
const TAILLIGHT = rgb("ff2d20");
const GLASS = rgb("27323c");
/** Further away a lamp's glow is no larger than the lamp. */
const SMALLEST_GLOWING = 3;
const TRUCK_SHARE = 0.16;

/** A vehicle on the road: its wheels at (x, y); `width` in picture units. */
export type Vehicle = { x: number; y: number; width: number; index: number; towards: boolean };

/** A car or a lorry from the front or from behind. */
export function drawVehicle(drawing: Drawing, shot: Shot, vehicle: Vehicle): void {
  const { x, y, width, index } = vehicle;
  drawing.path(oval(x, y, width * 0.6, width * 0.1), [0, 0, 0], 0.28);
  if (hash01(91, index) < TRUCK_SHARE) drawLorry(drawing, shot, vehicle);
  else drawCar(drawing, shot, vehicle);
  drawLights(drawing, shot, vehicle);
}

function drawCar(drawing: Drawing, shot: Shot, { x, y, width, index }: Vehicle): void {
  const paint: Colour = PAINTS[Math.floor(hash01(92, index) * PAINTS.length)] ?? GLASS;
  const half = width / 2;
  const top = y - width * 0.72;
  drawing.path(
    box(x - half * 0.92, y - width * 0.2, width * 0.24, width * 0.2) +
      box(x + half * 0.44, y - width * 0.2, width * 0.24, width * 0.2),
    [14, 14, 16],
  );
  const body = `M${n(x - half)} ${n(y - width * 0.1)}V${n(y - width * 0.36)}Q${n(x - half * 0.96)} ${n(y - width * 0.42)} ${n(x - half * 0.82)} ${n(y - width * 0.44)}L${n(x - half * 0.62)} ${n(top)}H${n(x + half * 0.62)}L${n(x + half * 0.82)} ${n(y - width * 0.44)}Q${n(x + half * 0.96)} ${n(y - width * 0.42)} ${n(x + half)} ${n(y - width * 0.36)}V${n(y - width * 0.1)}z`;
  drawing.path(body, lit(shot.light, paint, 0.05));
  drawing.path(
    `M${n(x - half * 0.7)} ${n(y - width * 0.45)}L${n(x - half * 0.54)} ${n(top + width * 0.05)}H${n(x + half * 0.54)}L${n(x + half * 0.7)} ${n(y - width * 0.45)}z`,
    lit(shot.light, GLASS, 0.16),
  );
}

function drawLorry(drawing: Drawing, shot: Shot, { x, y, width, index, towards }: Vehicle): void {
  const paint: Colour = TRAILERS[Math.floor(hash01(93, index) * TRAILERS.length)] ?? GLASS;
  const half = width * 0.58;
  const height = width * 1.5;
  drawing.path(box(x - half, y - width * 0.16, width * 1.16, width * 0.16), [16, 16, 18]);
  drawing.path(box(x - half, y - height, half * 2, height - width * 0.14), lit(shot.light, paint, 0.05));
  if (towards)
    drawing.path(box(x - half * 0.86, y - height * 0.62, half * 1.72, height * 0.26), lit(shot.light, GLASS, 0.12));
  else drawing.stroke(`M${n(x)} ${n(y - height)}V${n(y - width * 0.18)}`, [0, 0, 0], Math.max(0.6, width * 0.03), 0.35);
}

function drawLights(drawing: Drawing, shot: Shot, { x, y, width, towards }: Vehicle): void {
  const { lamps } = shot.light;
  const at = y - width * 0.3;
  const colour = towards ? HEADLIGHT : TAILLIGHT;
  const radius = Math.max(0.7, width * (towards ? 0.075 : 0.065));
  drawing.path(
    disc(x - width * 0.37, at, radius) + disc(x + width * 0.37, at, radius),
    colour,
    towards ? 0.35 + 0.65 * lamps : 0.45 + 0.55 * lamps,
  );
  if (lamps < 0.05 || width < SMALLEST_GLOWING) return;
  const wet = 0.5 + 0.5 * shot.weather.rain;
  if (towards) {
    drawing.glow(x, at, width * 1.15, HEADLIGHT, 0.75 * lamps);
    drawing.glow(x, y + width * 0.7, [width * 0.8, width * 0.75], HEADLIGHT, 0.42 * lamps * wet);
  } else {
    drawing.glow(x, at, width * 0.85, TAILLIGHT, 0.7 * lamps);
    drawing.glow(x, y + width * 0.4, [width * 0.6, width * 0.4], TAILLIGHT, 0.35 * lamps * wet);
  }
}
