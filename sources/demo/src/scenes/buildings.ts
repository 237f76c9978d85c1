import { type Colour, mix, rgb } from "../colour.ts";
import { box, disc, type Drawing, n } from "../drawing.ts";
import { lit } from "../light.ts";
import { between, hash01, seeded, smoothstep, wander } from "../random.ts";
import type { Shot } from "../shot.ts";

const WALLS = ["9aa3ad", "b7ab98", "7f8b99", "c9c0b2", "8c7f76", "a8b6c2"].map(rgb);
const WINDOW_LIGHTS = [rgb("ffd58a"), rgb("fff0cf"), rgb("cfe2ff")] as const;
const RED_BEACON = rgb("ff3326");
const SIDE_SHARE = 0.26;
const MINUTES_PER_SWITCH = 7;
/** A window's side, and a floor's height, in widths of a window with its wall. */
const PANE = 0.55;
const FLOOR_HEIGHT = 1.15;
const RIBBON_DISTANCE = 0.3;

/** One row of houses across the picture. */
export type Row = {
  seed: number;
  /** Where they stand, and where the row ends. */
  y: number;
  left: number;
  right: number;
  /** 0 at hand to 1 at the horizon. */
  distance: number;
  width: readonly [number, number];
  height: readonly [number, number];
  /** Side of a window with its share of wall. */
  pitch: number;
  /** Highest where the row's middle is. */
  peaked?: boolean;
};

type Block = { x: number; y: number; width: number; height: number; wall: number; roof: number; seed: number };

function blocksOf(row: Row): Block[] {
  const random = seeded(row.seed);
  const blocks: Block[] = [];
  for (let x = row.left - between(random, 0, 20); x < row.right;) {
    const width = between(random, ...row.width);
    const middle = (x + width / 2 - row.left) / (row.right - row.left);
    const rise = row.peaked === true ? 0.35 + 0.65 * Math.exp(-(((middle - 0.5) / 0.24) ** 2)) : 1;
    const tall = wander(row.seed + 1, x / 70 + 30) * 0.6 + random() * 0.4;
    const height = row.height[0] + (row.height[1] - row.height[0]) * tall ** 1.5 * rise;
    blocks.push({
      x,
      y: row.y - height,
      width,
      height,
      wall: Math.floor(random() * WALLS.length),
      roof: random(),
      seed: Math.floor(random() * 1e9),
    });
    x += width + (random() < 0.2 ? between(random, 0, 6) : 0);
  }
  return blocks;
}

/** How many windows are lit at an hour of the local clock. */
export function awake(hour: number): number {
  const evening = smoothstep(16, 19.5, hour) * smoothstep(25, 22, hour);
  const late = hour < 5 ? 0.14 : smoothstep(5, 7, hour) * smoothstep(10, 8, hour) * 0.5;
  return Math.max(0.14, evening * 0.62, late);
}

/** A row of buildings: faces lit by where the sun stands, and windows that people switch on and off. Gives the shore's lights. */
export function drawRow(drawing: Drawing, shot: Shot, row: Row): Block[] {
  const blocks = blocksOf(row);
  const front = 0.66 + 0.34 * (1 - shot.light.facing) * 0.5 * shot.light.day;
  WALLS.forEach((wall, index) => {
    const own = blocks.filter((block) => block.wall === index);
    if (own.length === 0) return;
    const top = lit(shot.light, wall, row.distance, front);
    const foot = lit(shot.light, wall, Math.min(0.94, row.distance + 0.16), front * 0.84);
    drawing.path(
      own.map((block) => box(block.x, block.y, block.width, row.y - block.y)).join(""),
      drawing.gradient([
        [0, top],
        [1, foot],
      ]),
    );
    drawing.path(own.map(roofPath).join(""), top);
  });
  drawing.path(
    blocks.map((block) => sidePath(block, shot, row.y)).join(""),
    [0, 0, 0],
    0.2 * (1 - row.distance) * (0.4 + 0.6 * shot.light.day),
  );
  drawWindows(drawing, shot, row, blocks);
  return blocks;
}

/** The face that is turned from the sun. */
function sidePath(block: Block, shot: Shot, foot: number): string {
  const sunIsRight = Math.sin(((shot.sun.azimuth - shot.place.heading_deg) * Math.PI) / 180) > 0;
  const width = block.width * SIDE_SHARE;
  return box(sunIsRight ? block.x : block.x + block.width - width, block.y, width, foot - block.y);
}

function roofPath({ x, y, width, height, roof }: Block): string {
  if (roof < 0.12 && height > 60)
    return `M${n(x + width / 2 - 0.9)} ${n(y)}L${n(x + width / 2)} ${n(y - height * 0.22)}L${n(x + width / 2 + 0.9)} ${n(y)}z`;
  if (roof < 0.3) return box(x + width * 0.2, y - 4, width * 0.6, 5);
  if (roof < 0.42) return `M${n(x)} ${n(y + 0.5)}L${n(x + width)} ${n(y - width * 0.28)}V${n(y + 0.5)}z`;
  if (roof < 0.6) return box(x + width * 0.15, y - 3, width * 0.22, 4) + box(x + width * 0.6, y - 2, width * 0.26, 3);
  return "";
}

/** A block's windows: how many there are, and where the first of them is. */
function gridOf(block: Block, pitch: number) {
  const columns = Math.max(0, Math.floor((block.width - 3) / pitch));
  const floors = Math.max(0, Math.floor((block.height - 4) / (pitch * FLOOR_HEIGHT)));
  return { columns, floors, left: block.x + (block.width - columns * pitch) / 2 + pitch * 0.2, top: block.y + 4 };
}

function drawWindows(drawing: Drawing, shot: Shot, row: Row, blocks: readonly Block[]): void {
  const glass = mix(shot.light.top, [12, 16, 26], 0.45);
  drawing.path(blocks.map((block) => unlitPath(block, row)).join(""), glass, 0.34 * (1 - row.distance));
  if (shot.light.lamps < 0.05) return;
  const panes = litPanes(shot, row, blocks);
  WINDOW_LIGHTS.forEach((colour, index) =>
    drawing.crisp(panes[index] ?? "", mix(colour, shot.light.low, row.distance * 0.4), shot.light.lamps * 0.95),
  );
}

/** Far away a floor's windows run together. */
function unlitPath(block: Block, { pitch, distance }: Row): string {
  const { columns, floors, left, top } = gridOf(block, pitch);
  const size = pitch * PANE;
  let path = "";
  for (let floor = 0; floor < floors; floor += 1) {
    const y = top + floor * pitch * FLOOR_HEIGHT;
    if (distance > RIBBON_DISTANCE) path += box(left, y, (columns - 1) * pitch + size, size);
    else for (let column = 0; column < columns; column += 1) path += box(left + column * pitch, y, size, size);
  }
  return path;
}

function litPanes(shot: Shot, { pitch }: Row, blocks: readonly Block[]): string[] {
  const panes = WINDOW_LIGHTS.map(() => "");
  const share = awake(shot.hour);
  for (const block of blocks) {
    const { columns, floors, left, top } = gridOf(block, pitch);
    for (let index = 0; index < columns * floors; index += 1) {
      const minute = shot.seconds / 60 / MINUTES_PER_SWITCH + hash01(block.seed, index);
      if (hash01(block.seed + Math.floor(minute), index) >= share) continue;
      const x = left + (index % columns) * pitch;
      const y = top + Math.floor(index / columns) * pitch * FLOOR_HEIGHT;
      panes[index % 7 === 0 ? 2 : index % 3 === 0 ? 1 : 0] += box(x, y, pitch * PANE, pitch * PANE);
    }
  }
  return panes;
}

/** The red lamp on top of what stands in the way of aeroplanes. */
export function drawBeacon(drawing: Drawing, shot: Shot, x: number, y: number, phase = 0): void {
  const on = Math.max(0, Math.sin(shot.seconds * 2.2 + phase)) * (0.25 + 0.75 * shot.light.lamps);
  drawing.path(disc(x, y, 1.2), RED_BEACON, 0.4 + 0.6 * on);
  drawing.glow(x, y, 10, RED_BEACON, 0.8 * on);
}

/** An aeroplane on its way across the sky, once in a while. */
export function drawPlane(drawing: Drawing, shot: Shot, ceiling: number): void {
  const flight = shot.seconds / 150 + hash01(shot.seed, 77);
  const part = flight - Math.floor(flight);
  const x = -30 + part * 1.6 * 700;
  const y = ceiling * (0.25 + 0.4 * hash01(shot.seed, Math.floor(flight))) - part * 20;
  if (x > 670 || y < 34) return;
  drawing.path(`M${n(x)} ${n(y)}l9 -1.2l3 -2.2l-.6 2.2l1.4 .6l-3 1l-10 .6z`, lit(shot.light, rgb("e8ecf0"), 0.35));
  if (Math.floor(shot.seconds * 2) % 2 === 0) drawing.glow(x + 6, y, 5, RED_BEACON, 0.9 * shot.light.lamps);
  drawing.glow(x + 12, y, 4, [255, 255, 255], shot.light.lamps);
}

/** Lights along a quay or street, with their glow. */
export function drawLamps(
  drawing: Drawing,
  shot: Shot,
  points: readonly (readonly [number, number])[],
  size: number,
  colour: Colour,
): void {
  const { lamps } = shot.light;
  if (lamps < 0.03) return;
  for (const [x, y] of points) drawing.glow(x, y, size * 9, colour, 0.65 * lamps);
  drawing.path(points.map(([x, y]) => disc(x, y, size)).join(""), mix(colour, [255, 255, 255], 0.6), lamps);
}
