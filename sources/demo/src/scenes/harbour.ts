import { type Colour, rgb } from "../colour.ts";
import { box, disc, type Drawing, HEIGHT, n, polygon, WIDTH } from "../drawing.ts";
import { lamp, lit } from "../light.ts";
import { between, hash01, seeded } from "../random.ts";
import type { Shot } from "../shot.ts";
import { type BoatKind, drawBoats, moor } from "./boats.ts";
import { drawBeacon, drawLamps, drawRow } from "./buildings.ts";
import { drawHills } from "./nature.ts";
import type { Scene } from "./scene.ts";
import { drawStreaks, drawWater } from "./water.ts";

const HORIZON = 190;
const SHORE = 198;
const QUAY = 334;
const GABLES = ["a8402f", "c98a3d", "d8cbb0", "8c5a3a", "b5b0a6", "6f7f6a"].map(rgb);
const WARM = rgb("ffc678");
const NEON: readonly Colour[] = [rgb("ff6f91"), rgb("6fd0ff"), rgb("ffd27a"), rgb("9dffb0"), rgb("ffe9c2")];

/** A harbour: what stands on the far shore, boats that come and go, and the quay in front. */
export const harbour: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    const shore = SHORES[shot.place.look] ?? SHORES["hills"];
    const lights = shore?.(drawing, shot) ?? [];
    drawWater(drawing, shot, SHORE, HEIGHT, shot.place.look === "karst" ? rgb("2f6f66") : undefined);
    drawStreaks(
      drawing,
      shot,
      SHORE,
      HEIGHT - SHORE - 40,
      lights.map((x, index) => ({
        x,
        colour: NEON[shot.place.look === "city" ? index % NEON.length : 2] ?? WARM,
        strength: hash01(4, index),
      })),
    );
    drawBoats(drawing, shot, {
      top: SHORE + 14,
      bottom: QUAY - 18,
      kinds: FLEETS[shot.place.look] ?? ["sail", "ferry", "launch"],
      count: 6,
    });
    drawBuoy(drawing, shot, 60 + (shot.seed % 500), 258 + (shot.seed % 30));
    if (shot.place.look !== "karst" && shot.seed % 4 !== 0) drawQuay(drawing, shot);
  },
};

const FLEETS: Readonly<Record<string, readonly BoatKind[]>> = {
  port: ["launch", "freighter", "launch", "ferry"],
  city: ["launch", "sail", "ferry", "launch"],
  karst: ["sail", "launch", "sail"],
};

/** Draws the far shore and tells where its lights are. */
const SHORES: Readonly<Record<string, (drawing: Drawing, shot: Shot) => number[]>> = {
  hills(drawing, shot) {
    drawHills(drawing, shot, SHORE, 112, shot.weather.white > 0.3 ? rgb("aab6bf") : rgb("50624a"));
    return drawTown(drawing, shot);
  },
  city(drawing, shot) {
    drawHills(drawing, shot, SHORE, 74, rgb("44583f"));
    const rows = { left: -10, right: WIDTH + 10 };
    drawRow(drawing, shot, {
      ...rows,
      seed: shot.seed + 1,
      y: SHORE,
      distance: 0.5,
      height: [24, 120],
      width: [9, 20],
      pitch: 3.2,
    });
    const front = drawRow(drawing, shot, {
      ...rows,
      seed: shot.seed + 2,
      y: SHORE,
      distance: 0.28,
      height: [14, 84],
      width: [12, 28],
      pitch: 3.8,
    });
    return front.map(({ x, width }) => x + width / 2);
  },
  "old-town"(drawing, shot) {
    drawHills(drawing, shot, SHORE, 30, rgb("4f6350"));
    const rows = { left: -10, right: WIDTH + 10, y: SHORE };
    const back = { ...rows, seed: shot.seed + 1, distance: 0.5, pitch: 3 };
    drawRow(drawing, shot, { ...back, height: [22, 52], width: [12, 26] });
    return drawTown(drawing, shot);
  },
  port(drawing, shot) {
    drawHills(drawing, shot, SHORE, 40, rgb("6b6a58"));
    drawRow(drawing, shot, {
      left: -10,
      right: WIDTH + 10,
      seed: shot.seed + 1,
      y: SHORE,
      distance: 0.5,
      height: [8, 26],
      width: [20, 50],
      pitch: 4,
    });
    for (const [index, x] of [70, 178, 268, 430, 540].entries())
      drawCrane(drawing, shot, x, 0.8 + 0.25 * hash01(shot.seed, index), index);
    drawLamps(
      drawing,
      shot,
      [70, 178, 268, 430, 540].flatMap((x) => [[x, 150] as const, [x - 24, SHORE - 6] as const]),
      1.2,
      rgb("ffd9a0"),
    );
    return [46, 70, 154, 178, 268, 244, 406, 430, 516, 540];
  },
  karst(drawing, shot) {
    for (const [layer, distance] of [0.78, 0.56, 0.3].entries()) drawKarst(drawing, shot, layer, distance);
    return [];
  },
};

/** Limestone towers that stand in the sea. */
function drawKarst(drawing: Drawing, shot: Shot, layer: number, distance: number): void {
  const random = seeded(shot.seed + layer * 7);
  let rocks = "";
  for (let x = -40 + layer * 33; x < WIDTH + 40; x += between(random, 60, 120)) {
    const height = between(random, 30, 78) * (1 + layer * 0.16);
    const half = height * between(random, 0.34, 0.6);
    const points: [number, number][] = [];
    for (let step = 0; step <= 14; step += 1) {
      const part = step / 14;
      const dome = Math.sin(part * Math.PI) ** 0.42;
      points.push([x - half + part * half * 2, SHORE + layer * 5 - height * dome * (0.88 + 0.2 * random())]);
    }
    rocks += polygon([[x - half, SHORE + layer * 5], ...points, [x + half, SHORE + layer * 5]]);
  }
  const own = lit(shot.light, rgb("3f5a3c"), distance, 0.9);
  drawing.path(
    rocks,
    drawing.gradient([
      [0, own],
      [0.7, lit(shot.light, rgb("6a705f"), distance)],
      [1, lit(shot.light, rgb("3d4a45"), distance)],
    ]),
  );
}

/** Gabled wooden houses along the water. */
function drawTown(drawing: Drawing, shot: Shot): number[] {
  const random = seeded(shot.seed + 5);
  const lights: number[] = [];
  let panes = "";
  for (let x = 40; x < WIDTH - 30;) {
    const width = between(random, 11, 19);
    const height = between(random, 13, 24);
    const own = GABLES[Math.floor(random() * GABLES.length)] ?? WARM;
    const wall = `M${n(x)} ${SHORE}V${n(SHORE - height)}L${n(x + width / 2)} ${n(SHORE - height - width * 0.55)}L${n(x + width)} ${n(SHORE - height)}V${SHORE}z`;
    drawing.path(wall, lit(shot.light, own, 0.2));
    for (let pane = 0; pane < 6; pane += 1)
      if (random() < 0.75)
        panes += box(x + 2 + (pane % 3) * (width / 3.2), SHORE - height + 2 + Math.floor(pane / 3) * 8, 2.4, 3.4);
    if (random() < 0.5) lights.push(x + width / 2);
    x += width + (random() < 0.25 ? between(random, 4, 24) : 0);
  }
  drawing.path(panes, lamp(shot.light, rgb("ffd98c"), rgb("3b444c")), 0.9);
  drawLamps(
    drawing,
    shot,
    lights.map((x) => [x, SHORE - 2] as const),
    0.9,
    WARM,
  );
  return lights;
}

/** A container crane; its trolley runs out over the ship and back. */
function drawCrane(drawing: Drawing, shot: Shot, x: number, size: number, index: number): void {
  const top = SHORE - 74 * size;
  const steel = lit(shot.light, index % 2 === 0 ? rgb("c7562f") : rgb("3f6f94"), 0.3);
  drawing.stroke(
    `M${n(x - 16 * size)} ${SHORE}L${n(x - 11 * size)} ${n(top + 22)}M${n(x + 16 * size)} ${SHORE}L${n(x + 11 * size)} ${n(top + 22)}M${n(x - 14 * size)} ${n(SHORE - 24)}H${n(x + 14 * size)}`,
    steel,
    2.4 * size,
  );
  drawing.stroke(
    `M${n(x - 62 * size)} ${n(top + 20)}H${n(x + 34 * size)}M${n(x)} ${n(top)}L${n(x - 50 * size)} ${n(top + 20)}M${n(x)} ${n(top)}L${n(x + 30 * size)} ${n(top + 20)}M${n(x - 8 * size)} ${n(top + 20)}L${n(x)} ${n(top)}L${n(x + 8 * size)} ${n(top + 20)}`,
    steel,
    1.7 * size,
  );
  const trolley = x - (8 + 46 * (0.5 + 0.5 * Math.sin(shot.seconds * 0.12 + index * 2))) * size;
  const hook = top + 34 + 30 * (0.5 + 0.5 * Math.sin(shot.seconds * 0.3 + index));
  drawing.stroke(`M${n(trolley)} ${n(top + 20)}V${n(hook)}`, lit(shot.light, rgb("30343a"), 0.2), 0.8);
  drawing.path(box(trolley - 7 * size, hook, 14 * size, 6 * size), lit(shot.light, rgb("4c7a55"), 0.2));
  drawBeacon(drawing, shot, x, top - 1, index);
}

function drawBuoy(drawing: Drawing, shot: Shot, x: number, y: number): void {
  const tilt = Math.sin(shot.seconds * 1.4) * 3;
  const green = rgb("2fbf5b");
  drawing.path(
    `M${n(x - 5)} ${n(y)}L${n(x + tilt - 1.5)} ${n(y - 17)}h3L${n(x + 5)} ${n(y)}z`,
    lit(shot.light, green, 0.08),
  );
  const flash = Math.floor(shot.seconds) % 4 === 0 ? 1 : 0.08;
  drawing.path(disc(x + tilt, y - 18, 1.8), rgb("b8ffcf"), flash);
  drawing.glow(x + tilt, y - 18, 18, green, flash * (0.3 + 0.7 * shot.light.lamps));
}

/** The quay the camera stands on: stone, bollards, and boats that lie there. */
function drawQuay(drawing: Drawing, shot: Shot): void {
  moor(
    drawing,
    shot,
    "sail",
    {
      x: (shot.seed % 2 === 0 ? 505 : 96) + Math.sin(shot.seconds * 0.7),
      y: QUAY - 2 + Math.sin(shot.seconds * 1.1),
      size: 1.5,
      dir: 1,
      index: 1,
    },
    false,
  );
  moor(
    drawing,
    shot,
    "launch",
    { x: shot.seed % 2 === 0 ? 590 : 200, y: QUAY + Math.sin(shot.seconds * 1.2 + 1), size: 1.3, dir: -1, index: 3 },
    false,
  );
  const stone = lit(shot.light, rgb("8b867c"), 0, 0.9);
  drawing.path(
    box(0, QUAY, WIDTH, HEIGHT - QUAY),
    drawing.gradient([
      [0, stone],
      [0.16, lit(shot.light, rgb("6b675f"))],
      [1, lit(shot.light, rgb("4a4742"))],
    ]),
  );
  let joints = "";
  for (let x = 8; x < WIDTH; x += 46) joints += box(x, QUAY, 1, HEIGHT - QUAY);
  drawing.path(joints, [0, 0, 0], 0.25);
  for (const x of [84, 236, 388]) {
    drawing.path(box(x - 4, QUAY - 9, 8, 11) + box(x - 6.5, QUAY - 12, 13, 4), lit(shot.light, rgb("2e3033")));
  }
  drawLamps(
    drawing,
    shot,
    [
      [160, QUAY - 60],
      [450, QUAY - 60],
    ],
    2.2,
    WARM,
  );
  drawing.stroke(`M160 ${QUAY}V${QUAY - 58}M450 ${QUAY}V${QUAY - 58}`, lit(shot.light, rgb("25282b")), 2.2);
  drawing.glow(160, QUAY + 4, [90, 12], WARM, 0.45 * shot.light.lamps);
  drawing.glow(450, QUAY + 4, [90, 12], WARM, 0.45 * shot.light.lamps);
}
