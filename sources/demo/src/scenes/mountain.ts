import { type Colour, mix, rgb } from "../colour.ts";
import { box, disc, type Drawing, HEIGHT, n, WIDTH } from "../drawing.ts";
import { lamp, lit } from "../light.ts";
import { between, hash01, modulo, seeded } from "../random.ts";
import { type Ground, relitTerrain } from "../relight.ts";
import type { Shot } from "../shot.ts";
import { type Relief, TERRAIN_COLUMNS, TERRAIN_ROWS, terrainView } from "../terrain.ts";
import { acacia, drawSpruces } from "./nature.ts";
import type { Scene } from "./scene.ts";
import { drawWater } from "./water.ts";

const HORIZON = 236;
const SCALE = WIDTH / TERRAIN_COLUMNS;
const VIEW_TOP = 36;
const EYE_ROW = (HORIZON - VIEW_TOP) / SCALE;
const LAKE_TOP = 262;
const CAR_SECONDS = 85;
const NO_SNOW = 999;

type MountainLook = {
  relief: Relief;
  ground: Ground;
  front: "spruces" | "savanna" | "lake" | "city" | "meadow";
  smoke?: { x: number; y: number };
};

const summit = (
  x: number,
  y: number,
  height: number,
  radius: number,
  profile: Relief["summits"][number]["profile"],
) => ({ x, y, height, radius, profile });
const alpine = (snowLine: number, treeLine: number, haze = 0.75): Ground => ({
  lowland: rgb("3f5a33"),
  rock: rgb("7d7a78"),
  snowLine,
  treeLine,
  haze,
});

const LOOKS: Readonly<Record<string, MountainLook>> = {
  range: {
    relief: { ridges: 27, summits: [summit(150, 175, 30, 62, "horn"), summit(70, 190, 18, 60, "horn")] },
    ground: alpine(23, 12),
    front: "spruces",
  },
  horn: {
    relief: { ridges: 15, summits: [summit(146, 150, 46, 40, "horn"), summit(40, 200, 20, 60, "horn")] },
    ground: alpine(18, 9),
    front: "spruces",
  },
  mesa: {
    relief: {
      ridges: 6,
      summits: [summit(122, 165, 32, 78, "mesa"), summit(28, 120, 20, 26, "cone"), summit(222, 125, 15, 36, "dome")],
    },
    ground: { lowland: rgb("56683c"), rock: rgb("8b8272"), snowLine: NO_SNOW, treeLine: 13, haze: 0.8 },
    front: "city",
  },
  savanna: {
    relief: { ridges: 5, summits: [summit(120, 200, 47, 118, "dome"), summit(214, 210, 20, 44, "cone")] },
    ground: { lowland: rgb("8a7f4b"), rock: rgb("6f675e"), snowLine: 41, treeLine: 22, haze: 0.9 },
    front: "savanna",
  },
  "cone-lake": {
    relief: { ridges: 5, summits: [summit(136, 185, 62, 112, "cone")] },
    ground: { lowland: rgb("4a5f3e"), rock: rgb("5c5560"), snowLine: 30, treeLine: 15, haze: 0.85 },
    front: "lake",
  },
  volcano: {
    relief: { ridges: 8, summits: [summit(124, 150, 48, 88, "cone")] },
    ground: { lowland: rgb("6d7342"), rock: rgb("6a5b52"), snowLine: 24, treeLine: 10, haze: 0.75 },
    front: "meadow",
    smoke: { x: 308, y: 122 },
  },
  "range-lake": {
    relief: {
      ridges: 20,
      summits: [summit(132, 175, 42, 58, "horn"), summit(200, 190, 20, 70, "horn"), summit(52, 160, 14, 60, "dome")],
    },
    ground: alpine(19, 9, 0.8),
    front: "lake",
  },
};

/** A mountain under the true sun, with a cable car, a village, or what else grows at its foot. */
export const mountain: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    const look = LOOKS[shot.place.look] ?? LOOKS["range"];
    if (look === undefined) return;
    if (look.smoke !== undefined) drawSmoke(drawing, shot, look.smoke);
    drawing.path(box(0, HORIZON + 20, WIDTH, HEIGHT), lit(shot.light, look.ground.lowland, 0.05));
    const view = terrainView(`${shot.place.slug}/terrain`, EYE_ROW, look.relief);
    const href = relitTerrain(shot, view, look.ground);
    drawing.add(
      `<image y="${VIEW_TOP}" width="${WIDTH}" height="${n(TERRAIN_ROWS * SCALE)}" preserveAspectRatio="none" href="${href}"/>`,
    );
    drawValleyMist(drawing, shot);
    FRONTS[look.front](drawing, shot, look.ground);
  },
};

const FRONTS: Readonly<Record<MountainLook["front"], (drawing: Drawing, shot: Shot, ground: Ground) => void>> = {
  spruces(drawing, shot) {
    drawVillage(drawing, shot, 22, 286, 40);
    if (shot.place.look === "horn") drawCableCar(drawing, shot);
    drawSpruces(drawing, shot, 316, 70);
  },
  savanna(drawing, shot, ground) {
    drawMeadow(drawing, shot, 276, ground.lowland);
    const random = seeded(shot.seed);
    let trees = "";
    for (let tree = 0; tree < 9; tree += 1)
      trees += acacia(between(random, 0, WIDTH), between(random, 282, 300), between(random, 12, 24));
    drawing.path(trees, lit(shot.light, rgb("39401f"), 0.12));
    drawing.path(acacia(104, 340, 86) + acacia(566, 326, 56), lit(shot.light, rgb("2a2f17"), 0.03));
  },
  lake(drawing, shot) {
    drawWater(drawing, shot, LAKE_TOP, HEIGHT);
    drawing.path(box(0, LAKE_TOP - 1, WIDTH, 3), lit(shot.light, rgb("2f3b2a"), 0.25), 0.7);
    drawVillage(drawing, shot, 26, LAKE_TOP - 6, 7);
  },
  city(drawing, shot) {
    drawVillage(drawing, shot, 230, 268, 62);
    drawWater(drawing, shot, 326, HEIGHT);
  },
  meadow(drawing, shot, ground) {
    drawMeadow(drawing, shot, 290, ground.lowland);
    drawVillage(drawing, shot, 14, 292, 10);
  },
};

function drawMeadow(drawing: Drawing, shot: Shot, top: number, own: Colour): void {
  const grass = mix(own, rgb("e8edf3"), shot.weather.white);
  const stops = [
    [0, lit(shot.light, grass, 0.2), 0],
    [0.25, lit(shot.light, grass, 0.08)],
    [1, lit(shot.light, grass, 0, 0.7)],
  ] as const;
  drawing.path(box(0, top, WIDTH, HEIGHT - top), drawing.gradient(stops));
  let blades = "";
  for (let blade = 0; blade < 260; blade += 1) {
    const near = hash01(41, blade) ** 0.7;
    const x = hash01(42, blade) * WIDTH;
    const y = top + 6 + near * (HEIGHT - top);
    const sway = Math.sin(shot.seconds * 1.6 + x * 0.03) * 2 * near;
    blades += `M${n(x)} ${n(y)}l${n(sway + 1)} ${n(-4 - 7 * near)}`;
  }
  drawing.stroke(blades, lit(shot.light, own, 0, 0.55), 1, 0.6);
}

/** Houses by day, their windows by night. */
function drawVillage(drawing: Drawing, shot: Shot, houses: number, top: number, depth: number): void {
  const random = seeded(shot.seed + 3);
  let walls = "";
  let roofs = "";
  const lights: [number, number][] = [];
  for (let house = 0; house < houses; house += 1) {
    const near = random();
    const x = between(random, 0, WIDTH);
    const y = top + near * depth;
    const size = 3 + near * (depth > 30 ? 8 : 4);
    walls += box(x, y - size * 0.7, size * 1.4, size * 0.8);
    roofs += `M${n(x - size * 0.2)} ${n(y - size * 0.65)}L${n(x + size * 0.7)} ${n(y - size * 1.15)}L${n(x + size * 1.6)} ${n(y - size * 0.65)}z`;
    if (random() < 0.72) lights.push([x + size * 0.6, y - size * 0.3]);
  }
  drawing.path(walls, lit(shot.light, rgb("d8cdbb"), 0.28));
  drawing.path(roofs, lit(shot.light, shot.weather.white > 0.3 ? rgb("e8eef5") : rgb("7a4b3a"), 0.26));
  if (shot.light.lamps < 0.05) return;
  drawing.path(lights.map(([x, y]) => disc(x, y, 1.1)).join(""), rgb("ffdf9e"), shot.light.lamps);
  for (const [x, y] of lights.slice(0, 60)) drawing.glow(x, y, 9, rgb("ffb765"), 0.5 * shot.light.lamps);
}

/** Two cabins on a haul rope: one goes up while the other comes down. */
function drawCableCar(drawing: Drawing, shot: Shot): void {
  const rope = (part: number, offset: number) => ({
    x: -20 + 690 * part,
    y: 300 + offset - 190 * part + 46 * 4 * part * (1 - part) * 0.6,
  });
  const metal = lit(shot.light, rgb("2c2f33"), 0.08);
  for (const offset of [0, 9]) {
    const points = Array.from({ length: 24 }, (_, index) => rope(index / 23, offset));
    drawing.stroke(
      points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${n(x)} ${n(y)}`).join(""),
      metal,
      0.9,
      0.9,
    );
  }
  const swing = modulo(shot.seconds / CAR_SECONDS, 2);
  const up = swing < 1 ? swing : 2 - swing;
  for (const [part, offset] of [
    [up, 0],
    [1 - up, 9],
  ] as const)
    drawCabin(drawing, shot, rope(part, offset), 1.15 - part * 0.55);
}

function drawCabin(drawing: Drawing, shot: Shot, at: { x: number; y: number }, size: number): void {
  const x = at.x + Math.sin(shot.seconds * 1.2) * 0.6;
  const y = at.y + 12 * size;
  drawing.stroke(`M${n(at.x)} ${n(at.y)}L${n(x)} ${n(y)}`, lit(shot.light, rgb("2c2f33")), 1.4);
  drawing.path(box(x - 13 * size, y, 26 * size, 17 * size), lit(shot.light, rgb("c8322b"), 0.05));
  drawing.path(box(x - 13 * size, y + 12 * size, 26 * size, 2 * size), lit(shot.light, rgb("f2efe8"), 0.05));
  drawing.path(box(x - 11 * size, y + 3 * size, 22 * size, 7 * size), lamp(shot.light, rgb("ffe2a8"), rgb("3a4a5a")));
  drawing.glow(x, y + 6 * size, 26 * size, rgb("ffc36b"), 0.45 * shot.light.lamps);
}

function drawValleyMist(drawing: Drawing, shot: Shot): void {
  const drift = shot.seconds * 1.5;
  for (let bank = 0; bank < 5; bank += 1) {
    const x = modulo(hash01(shot.seed, bank) * 900 + drift * (0.6 + 0.2 * bank), 1000) - 180;
    const y = 232 + hash01(shot.seed + 1, bank) * 34;
    drawing.glow(x, y, [190, 13 + 9 * hash01(shot.seed + 2, bank)], shot.light.low, 0.34 + 0.5 * shot.weather.fog);
  }
}

/** A plume that rises from a crater and leans with the wind. */
function drawSmoke(drawing: Drawing, shot: Shot, from: { x: number; y: number }): void {
  const puffs = 16;
  for (let puff = 0; puff < puffs; puff += 1) {
    const age = modulo(puff / puffs + shot.seconds / 60, 1);
    const x = from.x + age * age * 190 * (shot.weather.wind < 0 ? -1 : 1) + Math.sin(puff * 2.4 + age * 5) * 6;
    drawing.glow(x, from.y - age * 74, 10 + age * 52, shot.light.cloudLit, 0.75 * (1 - age) * Math.min(1, age * 6));
  }
}
