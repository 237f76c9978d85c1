import { type Colour, mix, rgb } from "../colour.ts";
import { box, type Drawing, HEIGHT, n, polygon, WIDTH } from "../drawing.ts";
import { lit } from "../light.ts";
import { between, hash01, modulo, seeded } from "../random.ts";
import type { Shot } from "../shot.ts";
import { drawLamps, drawPlane, drawRow } from "./buildings.ts";
import { drawHills, leafyTree } from "./nature.ts";
import { bustle } from "./people.ts";
import type { Scene } from "./scene.ts";
import { drawVehicle, type Vehicle } from "./vehicles.ts";
import { drawWater } from "./water.ts";

const HORIZON = 158;
const VANISH_X = 322;
/** Metres: the camera's height above the road, the lens, and how far the road is drawn. */
const EYE = 8.5;
const FOCAL = 420;
const NEAR = 17;
const FAR = 420;
const LANE = 3.6;
const LANES = 3;
const MEDIAN = 2.6;
const SHOULDER = 3;
const CAR_WIDTH = 1.9;
const ROAD_HALF = MEDIAN + LANES * LANE + SHOULDER;
const SODIUM = rgb("ffb765");
const ASPHALT = rgb("5d6064");
const GRASS = rgb("64743f");
const SAND = rgb("b59f78");

/** A motorway that runs to the horizon; traffic keeps left or right as the country does. */
export const highway: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    drawPlane(drawing, shot, HORIZON);
    drawBackground(drawing, shot);
    drawRoad(drawing, shot);
    drawPosts(drawing, shot);
    drawTraffic(drawing, shot);
  },
};

const DRIVES_LEFT: ReadonlySet<string> = new Set([
  "GB",
  "JP",
  "TH",
  "IN",
  "AU",
  "NZ",
  "ZA",
  "KE",
  "TZ",
  "HK",
  "SG",
  "ID",
  "NA",
]);

/** Where a point of the ground, in metres to the right and ahead, is in the picture. */
function project(right: number, ahead: number, up = 0): { x: number; y: number; scale: number } {
  const scale = FOCAL / ahead;
  return { x: VANISH_X + right * scale, y: HORIZON + (EYE - up) * scale, scale };
}

function drawBackground(drawing: Drawing, shot: Shot): void {
  const { look, climate } = shot.place;
  const rows = { left: -10, right: WIDTH + 10, y: HORIZON + 6 };
  if (look === "hills") drawHills(drawing, shot, HORIZON + 8, 84, rgb("7f7a4e"));
  if (look === "city" || look === "towers") {
    const tall = look === "towers" ? 1.45 : 0.72;
    drawRow(drawing, shot, {
      ...rows,
      seed: shot.seed + 1,
      distance: 0.66,
      height: [14 * tall, 92 * tall],
      width: [9, 20],
      pitch: 3,
      peaked: true,
    });
    drawRow(drawing, shot, {
      ...rows,
      seed: shot.seed + 2,
      distance: 0.4,
      height: [10, 86 * tall],
      width: [14, 30],
      pitch: 3.8,
    });
  }
  const ground = mix(climate === "dry" ? SAND : GRASS, rgb("e4e9ee"), shot.weather.white);
  if (look === "water") drawWater(drawing, shot, HORIZON, HEIGHT, rgb("3b5658"));
  else
    drawing.path(
      box(0, HORIZON + 5, WIDTH, HEIGHT),
      drawing.gradient([
        [0, lit(shot.light, ground, 0.5)],
        [0.3, lit(shot.light, ground, 0.12)],
        [1, lit(shot.light, ground, 0, 0.72)],
      ]),
    );
  if (look !== "water") drawVerge(drawing, shot);
}

/** Trees and bushes beside the road. */
function drawVerge(drawing: Drawing, shot: Shot): void {
  const random = seeded(shot.seed + 4);
  for (let tree = 0; tree < 34; tree += 1) {
    const ahead = FAR * (1 - tree / 34) ** 1.8 + 26;
    const side = tree % 2 === 0 ? -1 : 1;
    const at = project(side * (ROAD_HALF + between(random, 3, 30)), ahead);
    const leaves = lit(
      shot.light,
      mix(rgb("3f5a33"), rgb("8a8358"), shot.place.climate === "dry" ? 0.55 : 0),
      Math.min(0.6, ahead / FAR),
      0.85,
    );
    drawing.path(
      leafyTree(
        tree,
        at.x,
        at.y,
        between(random, 4, 9) * at.scale,
        Math.sin(shot.seconds * 1.4 + tree) * at.scale * 0.1,
      ),
      drawing.gradient([
        [0, mix(leaves, shot.light.sun, 0.1 * shot.light.day)],
        [1, mix(leaves, [0, 0, 0], 0.4)],
      ]),
    );
  }
}

function strip(from: number, to: number, near = NEAR - 5, far = FAR * 4): string {
  const corners = [project(from, far), project(to, far), project(to, near), project(from, near)];
  return polygon(corners.map(({ x, y }) => [x, y]));
}

function drawRoad(drawing: Drawing, shot: Shot): void {
  const wet = shot.weather.rain;
  const asphalt = mix(lit(shot.light, ASPHALT, 0.02, 0.92), shot.light.low, 0.2 * wet);
  drawing.path(strip(-ROAD_HALF - 0.6, ROAD_HALF + 0.6), lit(shot.light, rgb("8a8a86"), 0.08));
  drawing.path(
    strip(-ROAD_HALF, ROAD_HALF),
    drawing.gradient([
      [0, mix(asphalt, shot.light.low, 0.5)],
      [0.25, asphalt],
      [1, mix(asphalt, [0, 0, 0], 0.22)],
    ]),
  );
  const white = lit(shot.light, rgb("e9e9e4"), 0.05);
  for (const side of [-1, 1]) {
    drawing.path(
      strip(side * (MEDIAN + 0.3), side * (MEDIAN + 0.5)) +
        strip(side * (MEDIAN + LANES * LANE + 0.1), side * (MEDIAN + LANES * LANE + 0.3)),
      white,
      0.9,
    );
    for (let lane = 1; lane < LANES; lane += 1) drawing.path(dashes(side * (MEDIAN + lane * LANE)), white, 0.85);
    drawing.path(tracks(side), [0, 0, 0], 0.07);
  }
  drawing.path(strip(-0.9, 0.9), lit(shot.light, rgb("77806a"), 0.05));
  for (const right of [-0.9, 0.9, -ROAD_HALF - 0.4, ROAD_HALF + 0.4]) drawRail(drawing, shot, right);
}

function dashes(right: number): string {
  let path = "";
  for (let ahead = NEAR - 4; ahead < 260; ahead += 12) path += strip(right - 0.09, right + 0.09, ahead, ahead + 4.5);
  return path;
}

function tracks(side: number): string {
  let path = "";
  for (let lane = 0; lane < LANES; lane += 1) {
    const middle = side * (MEDIAN + (lane + 0.5) * LANE + 0.3);
    path += strip(middle - 1.1, middle - 0.6) + strip(middle + 0.6, middle + 1.1);
  }
  return path;
}

/** A crash barrier. */
function drawRail(drawing: Drawing, shot: Shot, right: number): void {
  const [far, near] = [project(right, FAR * 2, 0.8), project(right, NEAR - 6, 0.8)];
  const [lowFar, lowNear] = [project(right, FAR * 2, 0.45), project(right, NEAR - 6, 0.45)];
  drawing.path(
    polygon([
      [far.x, far.y],
      [near.x, near.y],
      [lowNear.x, lowNear.y],
      [lowFar.x, lowFar.y],
    ]),
    lit(shot.light, rgb("b9bdc0"), 0.1),
  );
}

/** Lamp posts down the median, and a sign gantry. */
function drawPosts(drawing: Drawing, shot: Shot): void {
  const steel = lit(shot.light, rgb("4b4f54"), 0.12);
  const lamps: [number, number, number][] = [];
  for (let post = 13; post >= 0; post -= 1) {
    const ahead = 30 + post * 26;
    const [foot, head] = [project(0, ahead), project(0, ahead, 11)];
    const arm = 3.4 * head.scale;
    drawing.stroke(
      `M${n(foot.x)} ${n(foot.y)}V${n(head.y)}M${n(head.x - arm)} ${n(head.y)}H${n(head.x + arm)}`,
      steel,
      Math.max(0.5, 0.2 * head.scale),
    );
    lamps.push([head.x - arm, head.y, head.scale], [head.x + arm, head.y, head.scale]);
    for (const side of [-1, 1]) {
      const pool = project(side * 7, ahead);
      drawing.glow(pool.x, pool.y, [9 * pool.scale, 2.6 * pool.scale], SODIUM, 0.34 * shot.light.lamps);
    }
  }
  for (const [x, y, scale] of lamps) drawLamps(drawing, shot, [[x, y]], Math.max(0.5, 0.13 * scale), SODIUM);
  drawGantry(drawing, shot, 92);
}

function drawGantry(drawing: Drawing, shot: Shot, ahead: number): void {
  const steel = lit(shot.light, rgb("6d7276"), 0.16);
  const [left, right] = [project(-ROAD_HALF - 1, ahead, 7.4), project(ROAD_HALF + 1, ahead, 7.4)];
  const foot = project(0, ahead).y;
  drawing.stroke(`M${n(left.x)} ${n(foot)}V${n(left.y)}H${n(right.x)}V${n(foot)}`, steel, 2);
  const sign: Colour = shot.place.country === "FR" || shot.place.country === "AE" ? rgb("2a5aa0") : rgb("1f6b46");
  for (const [from, to] of [
    [-11, -4],
    [3, 7.5],
    [8.5, 13],
  ] as const) {
    const [a, b] = [project(from, ahead, 9.2), project(to, ahead, 6)];
    drawing.path(box(a.x, a.y, b.x - a.x, b.y - a.y), mix(lit(shot.light, sign, 0.12), sign, 0.5 * shot.light.lamps));
    drawing.path(
      box(a.x + 3, a.y + 3.4, (b.x - a.x) * 0.62, 1.5) + box(a.x + 3, a.y + 7.4, (b.x - a.x) * 0.42, 1.5),
      lit(shot.light, rgb("f4f4f0"), 0.1),
      0.9,
    );
  }
}

/** Vehicles of all lanes, the far ones first. */
function drawTraffic(drawing: Drawing, shot: Shot): void {
  const vehicles: Vehicle[] = [];
  const perLane = Math.round(4 + 6 * bustle(shot.hour));
  const span = FAR - NEAR;
  for (const side of [-1, 1] as const) {
    const towards = (side === -1) !== DRIVES_LEFT.has(shot.place.country);
    for (let lane = 0; lane < LANES; lane += 1) {
      const speed = 19 + (LANES - lane) * 3.5;
      for (let car = 0; car < perLane; car += 1) {
        const start = ((car + 0.7 * hash01(shot.seed + lane * 9 + side, car)) / perLane) * span;
        const way = start + (towards ? -1 : 1) * shot.seconds * speed;
        const index = Math.floor(way / span) * 31 + car + lane * 11 + (side + 1) * 200;
        const at = project(side * (MEDIAN + (lane + 0.5) * LANE + 0.3), NEAR + modulo(way, span));
        vehicles.push({ x: at.x, y: at.y, width: CAR_WIDTH * at.scale, index, towards });
      }
    }
  }
  for (const vehicle of vehicles.toSorted((a, b) => a.y - b.y)) drawVehicle(drawing, shot, vehicle);
}
