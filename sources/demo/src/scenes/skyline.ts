import { type Colour, mix, rgb } from "../colour.ts";
import { box, type Drawing, HEIGHT, n, WIDTH } from "../drawing.ts";
import { lit } from "../light.ts";
import { between, hash01, modulo, seeded } from "../random.ts";
import type { Shot } from "../shot.ts";
import { drawBeacon, drawLamps, drawPlane, drawRow } from "./buildings.ts";
import { drawBoats } from "./boats.ts";
import { LANDMARKS } from "./landmarks.ts";
import { hillPath, leafyTree } from "./nature.ts";
import type { Scene } from "./scene.ts";
import { drawStreaks, drawWater } from "./water.ts";

const HORIZON = 262;
const SHORE = 284;
const LEAVES = rgb("3b5a34");
const LAMP_WARM = rgb("ffc779");
const STREET_SPEED = 34;

/** A city from across its park or its water, its windows switched on and off by the hour. */
export const skyline: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    const { look } = shot.place;
    const low = look.startsWith("eiffel");
    drawPlane(drawing, shot, HORIZON);
    drawing.path(hillPath(shot.seed, HORIZON + 8, 26, 120), lit(shot.light, rgb("5a6a6a"), 0.78));
    drawRow(
      drawing,
      shot,
      row(shot, 1, { y: HORIZON + 8, distance: 0.7, height: low ? [8, 26] : [20, 92], width: [9, 22], pitch: 3 }),
    );
    drawRow(
      drawing,
      shot,
      row(shot, 2, { y: HORIZON + 14, distance: 0.42, height: low ? [10, 34] : [26, 150], width: [14, 30], pitch: 4 }),
    );
    drawLandmark(drawing, shot, low ? 208 : 196);
    const front = drawRow(
      drawing,
      shot,
      row(shot, 3, { y: SHORE, distance: 0.16, height: low ? [12, 34] : [18, 78], width: [18, 44], pitch: 5 }),
    );
    for (const [index, { x, y, width, height }] of front.entries())
      if (height > 62) drawBeacon(drawing, shot, x + width / 2, y - 4, index);
    if (look.endsWith("water"))
      drawHarbourFront(
        drawing,
        shot,
        front.map(({ x, width }) => x + width / 2),
      );
    else drawPark(drawing, shot);
  },
};

type Layer = {
  y: number;
  distance: number;
  height: readonly [number, number];
  width: readonly [number, number];
  pitch: number;
};

function row(shot: Shot, layer: number, of: Layer) {
  return { ...of, seed: shot.seed + layer * 977, left: -10, right: WIDTH + 10, peaked: layer === 2 };
}

function drawLandmark(drawing: Drawing, shot: Shot, height: number): void {
  const found = [...LANDMARKS].find(([name]) => shot.place.look.startsWith(name));
  found?.[1](drawing, shot, { x: 320 + (hash01(shot.seed, 3) - 0.5) * 180, y: HORIZON + 16, height });
}

function drawHarbourFront(drawing: Drawing, shot: Shot, lights: readonly number[]): void {
  drawWater(drawing, shot, SHORE, HEIGHT);
  drawing.path(box(0, SHORE - 2, WIDTH, 4), lit(shot.light, rgb("4a4d4c"), 0.12));
  const colours: Colour[] = [rgb("ffcf8a"), rgb("ffb45e"), rgb("cfe0ff"), rgb("ff7d6b"), rgb("7fe0ff")];
  const shore = lights.map((x, index) => ({
    x,
    colour: colours[Math.floor(hash01(shot.seed, index) * 5)] ?? LAMP_WARM,
    strength: hash01(9, index),
  }));
  drawStreaks(drawing, shot, SHORE, HEIGHT - SHORE, shore);
  drawLamps(
    drawing,
    shot,
    Array.from({ length: 32 }, (_, index) => [10 + index * 20, SHORE - 3] as const),
    0.8,
    LAMP_WARM,
  );
  drawBoats(drawing, shot, { top: SHORE + 14, bottom: HEIGHT - 22, kinds: ["ferry", "sail", "launch"], count: 4 });
}

function drawPark(drawing: Drawing, shot: Shot): void {
  const ground = lit(shot.light, mix(rgb("5b7040"), rgb("e6ecf2"), shot.weather.white), 0.05);
  drawing.path(
    box(0, SHORE - 1, WIDTH, HEIGHT),
    drawing.gradient([
      [0, ground],
      [1, mix(ground, [0, 0, 0], 0.4)],
    ]),
  );
  drawStreet(drawing, shot, SHORE + 14);
  const random = seeded(shot.seed + 8);
  for (const [rowIndex, far] of [0.16, 0.02].entries()) {
    let trees = "";
    const base = SHORE + 26 + rowIndex * 40;
    for (let x = -20; x < WIDTH + 20; x += between(random, 16, 44) * (1 + rowIndex)) {
      const height = between(random, 22, 40) * (1 + rowIndex * 0.75);
      trees += leafyTree(
        Math.round(x) + rowIndex,
        x,
        base + between(random, 0, 8),
        height,
        Math.sin(shot.seconds + x) * 0.6 * shot.weather.wind,
      );
    }
    const leaves = lit(shot.light, mix(LEAVES, rgb("d9e0e6"), shot.weather.white * 0.55), far, 1 - rowIndex * 0.3);
    drawing.path(
      trees,
      drawing.gradient([
        [0, mix(leaves, shot.light.sun, 0.12 * shot.light.day)],
        [1, mix(leaves, [0, 0, 0], 0.35)],
      ]),
    );
    if (rowIndex === 0)
      drawLamps(
        drawing,
        shot,
        Array.from({ length: 16 }, (_, index) => [20 + index * 41, SHORE + 6] as const),
        1,
        LAMP_WARM,
      );
  }
}

/** A street far below: cars as small as their lights. */
function drawStreet(drawing: Drawing, shot: Shot, y: number): void {
  drawing.path(box(0, y - 5, WIDTH, 11), lit(shot.light, rgb("55585c"), 0.12));
  let bodies = "";
  let heads = "";
  let tails = "";
  for (let car = 0; car < 34; car += 1) {
    const right = car % 2 === 0;
    const speed = STREET_SPEED * (0.8 + 0.4 * hash01(71, car % 6));
    const x = modulo(hash01(72, car) * 760 + (right ? 1 : -1) * shot.seconds * speed, 760) - 60;
    const lane = y + (right ? 2.4 : -2.2);
    bodies += box(x - 4, lane - 1.8, 8, 2.8);
    heads += box(right ? x + 3 : x - 4.6, lane - 1, 1.6, 1.4);
    tails += box(right ? x - 4.6 : x + 3.4, lane - 1, 1.2, 1.4);
  }
  drawing.path(bodies, lit(shot.light, rgb("b9bec4"), 0.12));
  drawing.path(heads, rgb("fff3d2"), shot.light.lamps);
  drawing.path(tails, rgb("ff4030"), shot.light.lamps);
  drawing.stroke(`M0 ${n(y)}H${WIDTH}`, LAMP_WARM, 9, 0.1 * shot.light.lamps);
}
