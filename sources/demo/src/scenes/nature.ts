import { type Colour, rgb } from "../colour.ts";
import { type Drawing, HEIGHT, n, polygon, WIDTH } from "../drawing.ts";
import { lit } from "../light.ts";
import { between, hash01, seeded, wander } from "../random.ts";
import type { Shot } from "../shot.ts";

const RIDGE_STEP = 8;
const FROND_ANGLES = [-172, -150, -122, -95, -66, -38, -10, 12, 168] as const;
const SPRUCE = rgb("1d3326");
const PALM_LEAF = rgb("2d5a2c");
const PALM_STEM = rgb("6b543c");

/** A line of hills: its foot at `y`, its tops up to `height` above. */
export function hillPath(seed: number, y: number, height: number, roughness = 60): string {
  const points: [number, number][] = [[-10, y]];
  for (let x = -10; x <= WIDTH + 10; x += RIDGE_STEP) {
    const big = wander(seed, x / (roughness * 2.2) + 50);
    const small = wander(seed + 9, x / (roughness * 0.45) + 50);
    const tiny = wander(seed + 19, x / (roughness * 0.14) + 50);
    points.push([x, y - height * (0.15 + 0.62 * big + 0.18 * small + 0.05 * tiny)]);
  }
  points.push([WIDTH + 10, y]);
  return polygon(points);
}

/** Three ranges of hills, the further the paler. */
export function drawHills(drawing: Drawing, shot: Shot, y: number, height: number, own: Colour): void {
  for (const [layer, far] of [0.82, 0.64, 0.42].entries()) {
    const tall = height * (1 - layer * 0.27);
    const near = lit(shot.light, own, far * 0.9, 0.75);
    const foot = lit(shot.light, own, Math.min(0.95, far + 0.2), 0.85);
    drawing.path(
      hillPath(shot.seed + layer * 31, y, tall, 70 - layer * 12),
      drawing.gradient([
        [0, near],
        [1, foot],
      ]),
    );
  }
}

function sprucePath(x: number, y: number, height: number, sway: number): string {
  const tiers = 5;
  let left = "";
  let right = "";
  for (let tier = 0; tier < tiers; tier += 1) {
    const part = (tier + 1) / tiers;
    const half = height * 0.2 * part ** 0.9;
    const down = y - height + height * part;
    const bend = sway * (1 - part);
    left += `L${n(x - half + bend)} ${n(down)}L${n(x - half * 0.5 + bend)} ${n(down - height * 0.04)}`;
    right = `L${n(x + half * 0.5 + bend)} ${n(down - height * 0.04)}L${n(x + half + bend)} ${n(down)}${right}`;
  }
  return `M${n(x + sway)} ${n(y - height)}${left}${right}z`;
}

/** A wood of spruces along the picture's lower edge, in two rows. */
export function drawSpruces(drawing: Drawing, shot: Shot, y: number, height: number): void {
  for (const [row, far] of [0.24, 0.05].entries()) {
    const random = seeded(shot.seed + row);
    const base = y + row * 26;
    let trees = "";
    for (let x = -10; x < WIDTH + 10; x += between(random, 7, 20)) {
      const open = wander(shot.seed + row, x / 90 + 40);
      const tall = height * (0.3 + 0.95 * open * between(random, 0.6, 1));
      const sway = Math.sin(shot.seconds * 1.3 + x) * 0.9 * shot.weather.wind;
      trees += sprucePath(x, base + between(random, 0, 10), tall, sway);
    }
    const own = lit(shot.light, SPRUCE, far, 0.95 - row * 0.25);
    drawing.path(trees, own);
    drawing.path(`M0 ${base}H${WIDTH}V${HEIGHT}H0z`, own);
    if (shot.weather.white > 0.2) drawing.path(trees, lit(shot.light, [235, 242, 250], far), 0.16 * shot.weather.white);
  }
}

/** A round tree as path data: a heap of leaves on a stem. */
export function leafyTree(seed: number, x: number, y: number, height: number, sway = 0): string {
  let path = `M${n(x - height * 0.035)} ${n(y)}L${n(x - height * 0.02)} ${n(y - height * 0.5)}h${n(height * 0.04)}L${n(x + height * 0.035)} ${n(y)}z`;
  for (let leaf = 0; leaf < 5; leaf += 1) {
    const angle = (leaf / 5) * 6.283 + hash01(seed, leaf);
    const radius = height * (0.19 + 0.1 * hash01(seed + 1, leaf));
    const cx = x + Math.cos(angle) * height * 0.2 + sway;
    const cy = y - height * 0.66 + Math.sin(angle) * height * 0.17;
    path += `M${n(cx - radius)} ${n(cy)}a${n(radius)} ${n(radius * 0.86)} 0 1 0 ${n(radius * 2)} 0a${n(radius)} ${n(radius * 0.86)} 0 1 0 ${n(-radius * 2)} 0z`;
  }
  return path;
}

/** A palm that bends in the wind. */
export function drawPalm(drawing: Drawing, shot: Shot, x: number, y: number, height: number): void {
  const lean = (hash01(shot.seed, Math.round(x)) - 0.5) * height * 0.35;
  const gust = Math.sin(shot.seconds * 1.1 + x) * 3 + shot.weather.wind * 5;
  const topX = x + lean + gust * 0.4;
  const topY = y - height;
  const stem = height * 0.045;
  drawing.path(
    `M${n(x - stem)} ${n(y)}Q${n(x + lean * 0.2)} ${n(y - height * 0.5)} ${n(topX - stem * 0.45)} ${n(topY)}h${n(stem * 0.9)}Q${n(x + lean * 0.2 + stem * 1.6)} ${n(y - height * 0.5)} ${n(x + stem)} ${n(y)}z`,
    lit(shot.light, PALM_STEM, 0.02),
  );
  FROND_ANGLES.forEach((angle, index) => {
    const swing = angle + Math.sin(shot.seconds * 1.7 + index * 1.3 + x) * 3 + shot.weather.wind * 6;
    const frond = frondPath(topX, topY, swing, height * (0.4 + 0.1 * hash01(index, Math.round(x))));
    drawing.path(frond, lit(shot.light, PALM_LEAF, 0.02, 0.72 + 0.36 * hash01(7, index)));
  });
}

/** An arched leaf, its lower edge cut into fingers. */
function frondPath(x: number, y: number, angleDeg: number, length: number): string {
  const angle = (angleDeg * Math.PI) / 180;
  const tipX = x + Math.cos(angle) * length;
  const tipY = y + Math.sin(angle) * length * 0.7 + length * 0.34;
  const midX = x + Math.cos(angle) * length * 0.55;
  const midY = y + Math.sin(angle) * length * 0.62 - length * 0.1;
  let fingers = "";
  for (let finger = 1; finger <= 9; finger += 1) {
    const part = 1 - finger / 10;
    const at = (a: number, b: number, c: number) => (1 - part) ** 2 * a + 2 * part * (1 - part) * b + part * part * c;
    const px = at(x, midX, tipX);
    const py = at(y, midY, tipY);
    const drop = length * 0.2 * Math.sin(part * Math.PI) + 1;
    fingers += `L${n(px + Math.cos(angle) * 4)} ${n(py + drop)}L${n(px)} ${n(py + drop * 0.25)}`;
  }
  return `M${n(x)} ${n(y)}Q${n(midX)} ${n(midY)} ${n(tipX)} ${n(tipY)}${fingers}z`;
}

/** A flat-topped acacia of the savanna as path data. */
export function acacia(x: number, y: number, height: number): string {
  const w = height * 0.75;
  const crown = (dx: number, dy: number, rx: number, ry: number) =>
    `M${n(x + dx - rx)} ${n(y - height + dy)}a${n(rx)} ${n(ry)} 0 1 0 ${n(rx * 2)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-rx * 2)} 0z`;
  return (
    `M${n(x - 2)} ${n(y)}L${n(x - 1)} ${n(y - height * 0.5)}L${n(x - w * 0.5)} ${n(y - height)}L${n(x)} ${n(y - height * 0.62)}L${n(x + w * 0.45)} ${n(y - height)}L${n(x + 1.4)} ${n(y - height * 0.5)}L${n(x + 2)} ${n(y)}z` +
    crown(0, 0, w * 0.8, height * 0.11) +
    crown(-w * 0.45, height * 0.04, w * 0.4, height * 0.08) +
    crown(w * 0.4, height * 0.02, w * 0.5, height * 0.09)
  );
}
