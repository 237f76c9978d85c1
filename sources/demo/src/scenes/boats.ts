import { type Colour, mix, rgb } from "../colour.ts";
import { box, disc, type Drawing, n, WIDTH } from "../drawing.ts";
import { lamp, lit } from "../light.ts";
import { hash01, modulo } from "../random.ts";
import type { Shot } from "../shot.ts";

export type BoatKind = "sail" | "ferry" | "freighter" | "launch";
export type Fleet = { top: number; bottom: number; kinds: readonly BoatKind[]; count: number };

/** A boat's place on the water; `dir` is 1 when it goes right. */
type Berth = { x: number; y: number; size: number; dir: 1 | -1; index: number };

const MARGIN = 220;
const SPEEDS: Readonly<Record<BoatKind, number>> = { sail: 3.4, ferry: 7, freighter: 4, launch: 13 };
const HULLS = ["8f2f2a", "23415f", "2f4a3c", "39393d"].map(rgb);
const BOXES = ["b5493a", "2f6690", "c99a3b", "4c7a55", "8a8f94", "6d4a7c"].map(rgb);
const CABIN_LIGHT = rgb("ffe2a0");
const WHITE = rgb("f4f2ec");

const DRAW: Readonly<Record<BoatKind, (drawing: Drawing, shot: Shot, berth: Berth) => void>> = {
  sail: drawSail,
  ferry: drawFerry,
  freighter: drawFreighter,
  launch: drawLaunch,
};

/** Boats that cross a stretch of water, the nearer the larger, each at its own pace. */
export function drawBoats(drawing: Drawing, shot: Shot, fleet: Fleet): void {
  for (let index = 0; index < fleet.count; index += 1) {
    const near = (index + 0.5 * hash01(shot.seed, index)) / fleet.count;
    const kind = fleet.kinds[index % fleet.kinds.length] ?? "sail";
    const dir = hash01(shot.seed + 1, index) < 0.5 ? 1 : -1;
    const size = 0.34 + 0.66 * near;
    const way = hash01(shot.seed + 2, index) * (WIDTH + MARGIN * 2) + dir * shot.seconds * SPEEDS[kind] * size;
    const x = modulo(way, WIDTH + MARGIN * 2) - MARGIN;
    const bob = Math.sin(shot.seconds * 1.3 + index * 2) * 1.1 * size;
    moor(drawing, shot, kind, { x, y: fleet.top + (fleet.bottom - fleet.top) * near + bob, size, dir, index });
  }
}

/** One boat where it lies, with its shadow on the water and its wake. */
export function moor(drawing: Drawing, shot: Shot, kind: BoatKind, berth: Berth, wake = true): void {
  const { x, y, size, dir } = berth;
  const length = kind === "freighter" ? 96 : kind === "ferry" ? 50 : 22;
  drawing.path(box(x - length * size, y, length * 2 * size, 5 * size), mix(shot.light.top, [0, 8, 16], 0.7), 0.3);
  if (wake)
    drawing.path(
      `M${n(x - dir * length * 0.9 * size)} ${n(y)}l${n(-dir * length * 1.7 * size)} ${n(4 * size)}l${n(dir * length * 1.2 * size)} ${n(-0.5)}z`,
      mix(shot.light.low, [255, 255, 255], 0.35 * shot.light.day),
      0.5,
    );
  DRAW[kind](drawing, shot, berth);
}

function hullPath(x: number, y: number, half: number, height: number, dir: 1 | -1): string {
  return `M${n(x - dir * half)} ${n(y - height)}L${n(x + dir * half * 1.06)} ${n(y - height * 1.15)}L${n(x + dir * half * 0.86)} ${n(y)}L${n(x - dir * half * 0.94)} ${n(y)}z`;
}

function hullColour(shot: Shot, index: number): Colour {
  return lit(shot.light, HULLS[index % HULLS.length] ?? WHITE, 0.1);
}

function drawSail(drawing: Drawing, shot: Shot, { x, y, size, dir, index }: Berth): void {
  const heel = shot.weather.wind * 5 * size;
  const mast = y - 46 * size;
  drawing.path(hullPath(x, y, 17 * size, 5 * size, dir), lit(shot.light, WHITE, 0.08));
  drawing.stroke(
    `M${n(x)} ${n(y - 5 * size)}L${n(x + heel)} ${n(mast)}`,
    lit(shot.light, rgb("55585c"), 0.1),
    1.1 * size,
  );
  const cloth = index % 3 === 2 ? rgb("d86a4a") : rgb("f7f4ea");
  drawing.path(
    `M${n(x + heel - dir * 1.4)} ${n(mast + 2)}Q${n(x - dir * 11 * size)} ${n(y - 22 * size)} ${n(x - dir * 15 * size)} ${n(y - 8 * size)}L${n(x - dir * 1.4)} ${n(y - 8 * size)}z`,
    lit(shot.light, cloth, 0.06),
  );
  drawing.path(
    `M${n(x + heel + dir)} ${n(mast + 5 * size)}Q${n(x + dir * 9 * size)} ${n(y - 20 * size)} ${n(x + dir * 15 * size)} ${n(y - 6 * size)}L${n(x + dir)} ${n(y - 8 * size)}z`,
    lit(shot.light, cloth, 0.14),
  );
  drawing.glow(x + heel, mast, 6 * size, [255, 255, 255], shot.light.lamps);
}

function drawFerry(drawing: Drawing, shot: Shot, { x, y, size, dir, index }: Berth): void {
  drawing.path(hullPath(x, y, 48 * size, 11 * size, dir), hullColour(shot, index));
  drawing.path(
    box(x - 42 * size, y - 22 * size, 80 * size, 11 * size) +
      box(x - 34 * size, y - 31 * size, 62 * size, 9 * size) +
      box(x + dir * 12 * size - 8 * size, y - 38 * size, 16 * size, 7 * size),
    lit(shot.light, WHITE, 0.06),
  );
  let panes = "";
  for (let pane = 0; pane < 13; pane += 1)
    panes += box(x + (-39 + pane * 6) * size, y - 19 * size, 3.8 * size, 4 * size);
  for (let pane = 0; pane < 10; pane += 1)
    panes += box(x + (-31 + pane * 6) * size, y - 28.5 * size, 3.8 * size, 3.6 * size);
  drawing.path(panes, lamp(shot.light, CABIN_LIGHT, rgb("4a5b6b")));
  drawing.path(
    box(x - dir * 20 * size - 4 * size, y - 41 * size, 8 * size, 10 * size),
    lit(shot.light, rgb("c2452f"), 0.08),
  );
  drawing.glow(x, y - 20 * size, [64 * size, 26 * size], CABIN_LIGHT, 0.35 * shot.light.lamps);
}

function drawFreighter(drawing: Drawing, shot: Shot, { x, y, size, dir, index }: Berth): void {
  for (let stack = 0; stack < 14; stack += 1) {
    const layers = 2 + Math.floor(hash01(index, stack) * 3);
    for (let layer = 0; layer < layers; layer += 1) {
      const own = BOXES[Math.floor(hash01(index + stack, layer) * BOXES.length)] ?? WHITE;
      drawing.path(
        box(x + dir * (-52 + stack * 9.4) * size - 4.4 * size, y - (19 + layer * 5.6) * size, 8.8 * size, 5.2 * size),
        lit(shot.light, own, 0.14),
      );
    }
  }
  drawing.path(hullPath(x, y, 94 * size, 14 * size, dir), hullColour(shot, index));
  drawing.path(box(x - dir * 74 * size - 10 * size, y - 48 * size, 20 * size, 35 * size), lit(shot.light, WHITE, 0.08));
  drawing.path(
    box(x - dir * 74 * size - 12 * size, y - 45 * size, 24 * size, 4 * size),
    lamp(shot.light, CABIN_LIGHT, rgb("2f3b46")),
  );
  drawing.path(box(x - dir * 88 * size - 4 * size, y - 42 * size, 8 * size, 28 * size), hullColour(shot, index + 1));
  for (const at of [-0.8, 0.2, 0.95])
    drawing.glow(x + dir * at * 90 * size, y - 30 * size, 14 * size, rgb("fff0c8"), 0.7 * shot.light.lamps);
}

function drawLaunch(drawing: Drawing, shot: Shot, { x, y, size, dir, index }: Berth): void {
  drawing.path(
    hullPath(x, y, 20 * size, 6 * size, dir),
    lit(shot.light, index % 2 === 0 ? WHITE : rgb("2b5d80"), 0.08),
  );
  drawing.path(
    `M${n(x - dir * 8 * size)} ${n(y - 6 * size)}V${n(y - 12 * size)}H${n(x + dir * 4 * size)}L${n(x + dir * 9 * size)} ${n(y - 6 * size)}z`,
    lamp(shot.light, CABIN_LIGHT, rgb("5a6a78")),
  );
  drawing.path(disc(x - dir * 16 * size, y - 9 * size, 1.2 * size), rgb("ff4030"), shot.light.lamps);
  drawing.glow(x + dir * 18 * size, y - 9 * size, 9 * size, [255, 255, 240], shot.light.lamps);
}
