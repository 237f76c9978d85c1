import { type Colour, mix, rgb } from "../colour.ts";
import { box, disc, type Drawing, HEIGHT, n, oval, polygon, WIDTH } from "../drawing.ts";
import { lit } from "../light.ts";
import { hash01, modulo } from "../random.ts";
import type { Shot } from "../shot.ts";
import { awake, drawLamps, drawRow } from "./buildings.ts";
import { MONUMENTS } from "./monuments.ts";
import { drawPeople } from "./people.ts";
import type { Scene } from "./scene.ts";
import { drawVehicle } from "./vehicles.ts";

const HORIZON = 206;
const FLOOR = 226;
const BACK_LEFT = 128;
const BACK_RIGHT = 512;
const BACK_TOP = 128;
/** Where the houses at the sides touch the picture's edge, and the foot of what stands in the middle. */
const SIDE_FOOT = 322;
const MIDDLE = 254;
const STOREYS = 5;
const WARM = rgb("ffc67c");
const STONES: Readonly<Record<string, string>> = {
  statue: "b5654a",
  church: "c2a88a",
  campanile: "cdbb9c",
  obelisk: "bfa98a",
  minaret: "c98a66",
  flag: "a88f78",
  neon: "6f7882",
};
const NEON = ["ff3d7f", "36d6ff", "ffd23f", "8f6bff", "4dff9e", "ff7a3d", "ffffff"].map(rgb);

/** A square between houses, what stands in its middle, and the people who cross it. */
export const square: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    const { look } = shot.place;
    const neon = look === "neon";
    drawRow(drawing, shot, {
      seed: shot.seed + 1,
      y: FLOOR,
      left: 100,
      right: 540,
      distance: 0.5,
      height: neon ? [70, 190] : [40, 96],
      width: [18, 40],
      pitch: 4.4,
    });
    const wall = rgb(STONES[look] ?? "b5a68e");
    if (!neon) drawBack(drawing, shot, wall);
    MONUMENTS.get(look)?.(drawing, shot, "behind");
    drawFloor(drawing, shot, neon);
    for (const side of [-1, 1] as const) drawSide(drawing, shot, side, neon ? rgb("59616b") : wall);
    if (neon) drawScreens(drawing, shot);
    if (neon) drawCrossing(drawing, shot);
    const crowd = { top: FLOOR + 6, bottom: 330, tallest: 44, count: neon ? 42 : 26 };
    drawPeople(drawing, shot, { ...crowd, holds: (x, y) => y < MIDDLE && isFloor(x, y) });
    MONUMENTS.get(look)?.(drawing, shot, "before");
    drawPeople(drawing, shot, { ...crowd, holds: (x, y) => y >= MIDDLE && isFloor(x, y) });
    drawStreetLamps(drawing, shot);
    if (look === "campanile" || look === "statue") drawPigeons(drawing, shot);
  },
};

/** Between the houses. */
function isFloor(x: number, y: number): boolean {
  const part = Math.max(0, (SIDE_FOOT - y) / (SIDE_FOOT - FLOOR));
  const inset = (BACK_LEFT + 60) * part - 60 + 10;
  return x > inset && x < WIDTH - inset;
}

function drawFloor(drawing: Drawing, shot: Shot, asphalt: boolean): void {
  const own = mix(asphalt ? rgb("55585d") : rgb("b3a894"), rgb("e6ebf0"), shot.weather.white * 0.8);
  const wet = shot.weather.rain;
  const stops = [
    [0, mix(lit(shot.light, own, 0.22), shot.light.low, 0.3 * wet)],
    [1, lit(shot.light, own, 0, 0.78)],
  ] as const;
  drawing.path(box(0, FLOOR, WIDTH, HEIGHT - FLOOR), drawing.gradient(stops));
  if (asphalt) return;
  let joints = "";
  for (let line = -16; line <= 16; line += 1)
    joints += `M${n(320 + line * 12)} ${FLOOR}L${n(320 + line * 88)} ${HEIGHT}`;
  for (let row = 1; row < 10; row += 1) joints += `M0 ${n(FLOOR + (HEIGHT - FLOOR) * (row / 10) ** 1.8)}H${WIDTH}`;
  drawing.stroke(joints, [0, 0, 0], 0.8, 0.16);
}

/** The long facade at the far side, with arcades at its foot. */
function drawBack(drawing: Drawing, shot: Shot, wall: Colour): void {
  const width = BACK_RIGHT - BACK_LEFT;
  const front = 0.72 + 0.28 * (1 - shot.light.facing) * 0.5;
  const face = lit(shot.light, wall, 0.16, front);
  drawing.path(
    box(BACK_LEFT, BACK_TOP + 22, width, FLOOR - BACK_TOP - 22),
    drawing.gradient([
      [0, face],
      [1, mix(face, [0, 0, 0], 0.18)],
    ]),
  );
  drawing.path(
    polygon([
      [BACK_LEFT - 4, BACK_TOP + 23],
      [BACK_LEFT + 8, BACK_TOP + 8],
      [BACK_RIGHT - 8, BACK_TOP + 8],
      [BACK_RIGHT + 4, BACK_TOP + 23],
    ]),
    lit(shot.light, mix(rgb("5f4a44"), rgb("eef2f6"), shot.weather.white), 0.18),
  );
  let arcades = "";
  const panes: { path: string; on: boolean }[] = [];
  for (let bay = 0; bay < 24; bay += 1) {
    const x = BACK_LEFT + 5 + bay * 15.8;
    arcades += `M${n(x + 1)} ${FLOOR}V${FLOOR - 14}a5 5 0 0 1 10 0V${FLOOR}z`;
    for (let storey = 0; storey < 3; storey += 1)
      panes.push({ path: box(x + 3, BACK_TOP + 29 + storey * 15, 5.6, 9), on: isLit(shot, bay * 7 + storey) });
  }
  drawing.path(arcades, mix(lit(shot.light, rgb("2c2622"), 0.1), WARM, 0.55 * shot.light.lamps));
  drawPanes(drawing, shot, panes);
  drawing.path(
    box(BACK_LEFT, FLOOR - 76, width, 76),
    drawing.gradient([
      [0, WARM, 0],
      [1, WARM, 0.8],
    ]),
    0.42 * shot.light.lamps,
  );
}

function isLit(shot: Shot, window: number): boolean {
  const switched = Math.floor(shot.seconds / 500 + hash01(shot.seed, window));
  return hash01(shot.seed + switched, window) < awake(shot.hour);
}

function drawPanes(drawing: Drawing, shot: Shot, panes: readonly { path: string; on: boolean }[]): void {
  const pathsOf = (on: boolean) =>
    panes
      .filter((pane) => pane.on === on)
      .map(({ path }) => path)
      .join("");
  const glass = lit(shot.light, rgb("3a4148"), 0.14);
  drawing.path(pathsOf(false), glass, 0.85);
  drawing.path(pathsOf(true), mix(glass, rgb("ffd894"), shot.light.lamps), 0.95);
}

/** A point on the facade at one side: `along` 0 at hand to 1 at the far corner, `up` 0 at the foot to 1 at the roof. */
function sidePoint(side: 1 | -1, along: number, up: number): [number, number] {
  const part = along ** 0.55;
  const back = side < 0 ? BACK_LEFT : BACK_RIGHT;
  const edge = side < 0 ? -60 : WIDTH + 60;
  const x = edge + (back - edge) * part;
  const foot = SIDE_FOOT + (FLOOR - SIDE_FOOT) * part;
  const roof = -30 + (BACK_TOP + 30) * part;
  return [x, foot + (roof - foot) * up];
}

function drawSide(drawing: Drawing, shot: Shot, side: 1 | -1, wall: Colour): void {
  const sunAside = Math.sin(((shot.sun.azimuth - shot.place.heading_deg) * Math.PI) / 180) * side;
  const face = lit(shot.light, wall, 0.05, 0.78 - 0.2 * sunAside * shot.light.day);
  const corners = [sidePoint(side, 0, 0), sidePoint(side, 1, 0), sidePoint(side, 1, 1), sidePoint(side, 0, 1)];
  drawing.path(
    polygon(corners),
    drawing.gradient([
      [0, face],
      [1, mix(face, [0, 0, 0], 0.25)],
    ]),
  );
  const panes: { path: string; on: boolean }[] = [];
  for (let bay = 0; bay < 12; bay += 1) {
    const [from, to] = [0.06 + bay * 0.078, 0.06 + bay * 0.078 + 0.04];
    for (let storey = 0; storey < STOREYS; storey += 1) {
      const [low, high] = [0.3 + storey * 0.13, 0.3 + storey * 0.13 + 0.08];
      const quad = [
        sidePoint(side, from, low),
        sidePoint(side, to, low),
        sidePoint(side, to, high),
        sidePoint(side, from, high),
      ];
      panes.push({ path: polygon(quad), on: isLit(shot, 500 + side * 100 + bay * 9 + storey) });
    }
  }
  drawPanes(drawing, shot, panes);
  const shops = [sidePoint(side, 0, 0.03), sidePoint(side, 1, 0.03), sidePoint(side, 1, 0.2), sidePoint(side, 0, 0.2)];
  const walk = sidePoint(side, 0.5, 0);
  drawing.path(polygon(shops), mix(lit(shot.light, rgb("4b4038"), 0.05), rgb("ffdc9c"), 0.78 * shot.light.lamps));
  let posts = "";
  for (let post = 0; post <= 16; post += 1) {
    const [from, to] = [post * 0.06, post * 0.06 + 0.009];
    posts += polygon([
      sidePoint(side, from, 0),
      sidePoint(side, to, 0),
      sidePoint(side, to, 0.2),
      sidePoint(side, from, 0.2),
    ]);
  }
  drawing.path(posts, mix(face, [0, 0, 0], 0.45), 0.9);
  drawing.glow(walk[0] - side * 40, walk[1] + 8, [170, 34], WARM, 0.42 * shot.light.lamps);
  const awning = [sidePoint(side, 0, 0.2), sidePoint(side, 1, 0.2), sidePoint(side, 1, 0.25), sidePoint(side, 0, 0.25)];
  drawing.path(polygon(awning), lit(shot.light, side < 0 ? rgb("8f3b32") : rgb("3c5f52"), 0.04));
}

/** Advertisements: bright fields whose pictures change, by day too. */
function drawScreens(drawing: Drawing, shot: Shot): void {
  const power = 0.72 + 0.28 * shot.light.lamps;
  for (let screen = 0; screen < 14; screen += 1) {
    const side = screen % 2 === 0 ? -1 : 1;
    const from = 0.04 + Math.floor(screen / 2) * 0.135;
    const low = 0.26 + 0.3 * hash01(shot.seed, screen);
    const high = low + 0.16 + 0.2 * hash01(shot.seed + 1, screen);
    const quad = (a: number, b: number, c: number, d: number) =>
      polygon([sidePoint(side, a, c), sidePoint(side, b, c), sidePoint(side, b, d), sidePoint(side, a, d)]);
    const slide = Math.floor(shot.seconds / (3 + 5 * hash01(141, screen)) + screen);
    const [one, two] = [NEON[slide % NEON.length], NEON[(slide * 3 + screen) % NEON.length]];
    if (one === undefined || two === undefined) continue;
    const to = from + 0.1;
    drawing.path(
      quad(from, to, low, high),
      drawing.gradient([
        [0, one],
        [1, mix(two, [20, 10, 60], 0.45)],
      ]),
      power,
    );
    const bar = modulo(shot.seconds * 0.16 + hash01(142, screen), 1) * 0.8;
    drawing.path(
      quad(from + 0.01, to - 0.01, low + (high - low) * bar, low + (high - low) * (bar + 0.16)),
      [255, 255, 255],
      0.55 * power,
    );
    const [x, y] = sidePoint(side, from + 0.05, (low + high) / 2);
    drawing.glow(x, y, [110, 80], one, 0.3 * shot.light.lamps);
    drawing.glow(320 + (x - 320) * 0.72, 292, [120, 30], one, 0.26 * shot.light.lamps);
  }
}

/** Zebra stripes, and a taxi that waits or goes. */
function drawCrossing(drawing: Drawing, shot: Shot): void {
  let stripes = "";
  for (let stripe = -9; stripe <= 9; stripe += 1)
    stripes += polygon([
      [320 + stripe * 34, 268],
      [320 + stripe * 34 + 17, 268],
      [320 + stripe * 52 + 26, 318],
      [320 + stripe * 52, 318],
    ]);
  drawing.path(stripes, lit(shot.light, rgb("e8e8e4"), 0.04), 0.8);
  for (const [index, x] of [250, 392].entries()) {
    const part = modulo(shot.seconds / 26 + index * 0.5, 1);
    const y = 232 + 26 * Math.min(1, part * 3);
    drawVehicle(drawing, shot, {
      x: x + (x - 320) * part * 0.1,
      y,
      width: 22 + (y - 232) * 0.7,
      index: index + 2,
      towards: index === 0,
    });
  }
}

function drawStreetLamps(drawing: Drawing, shot: Shot): void {
  for (const [x, y, height] of [
    [176, 244, 54],
    [464, 244, 54],
    [92, 286, 92],
    [548, 286, 92],
  ] as const) {
    drawing.stroke(`M${x} ${y}V${y - height}m-7 0h14`, lit(shot.light, rgb("25282b"), 0.08), height / 36);
    drawLamps(
      drawing,
      shot,
      [
        [x - 6, y - height - 3],
        [x + 6, y - height - 3],
      ],
      height / 36,
      WARM,
    );
    drawing.path(
      disc(x - 6, y - height - 3, height / 26) + disc(x + 6, y - height - 3, height / 26),
      lit(shot.light, rgb("efe9da"), 0.05),
      1 - shot.light.lamps,
    );
    drawing.glow(x, y + 4, [height * 1.2, height * 0.26], WARM, 0.5 * shot.light.lamps);
  }
}

/** A flock that pecks, and at times flies a round. */
function drawPigeons(drawing: Drawing, shot: Shot): void {
  const round = modulo(shot.seconds / 40, 1);
  const up = round > 0.7 ? Math.sin(((round - 0.7) / 0.3) * Math.PI) : 0;
  if (shot.light.day < 0.3) return;
  let birds = "";
  for (let bird = 0; bird < 26; bird += 1) {
    const x = 210 + hash01(151, bird) * 170 + up * 160 * Math.sin(round * 20 + bird * 0.2);
    const y = 282 + hash01(152, bird) * 36 - up * (90 + 60 * hash01(153, bird));
    const wing = up > 0 ? Math.sin(shot.seconds * 16 + bird) * 3 : 0;
    birds +=
      up > 0
        ? `M${n(x - 4)} ${n(y - wing)}L${n(x)} ${n(y)}L${n(x + 4)} ${n(y - wing)}L${n(x)} ${n(y + 1.4)}z`
        : oval(x, y, 2.6, 1.5) + disc(x + 2.2, y - 1.6, 0.9);
  }
  drawing.path(birds, lit(shot.light, rgb("565c66"), 0.05));
}
