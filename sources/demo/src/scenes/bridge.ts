import { type Colour, mix, rgb } from "../colour.ts";
import { box, disc, type Drawing, HEIGHT, n, polygon, WIDTH } from "../drawing.ts";
import { lit } from "../light.ts";
import { hash01, modulo } from "../random.ts";
import type { Shot } from "../shot.ts";
import { drawBoats } from "./boats.ts";
import { drawBeacon, drawLamps, drawPlane, drawRow } from "./buildings.ts";
import { drawHills } from "./nature.ts";
import { bustle } from "./people.ts";
import type { Scene } from "./scene.ts";
import { drawStreaks, drawWater } from "./water.ts";

const HORIZON = 232;
const SHORE = 240;
const WARM = rgb("ffc679");
const RED = rgb("b5402c");
const STEEL = rgb("8d989f");

/** How a bridge is built: `deck` is the road's height at a column of the picture. */
type Build = {
  own: Colour;
  light: Colour;
  deck(x: number): number;
  draw(drawing: Drawing, shot: Shot, build: Build): void;
};

const flat = (y: number, rise: number) => (x: number) => y - rise * (1 - ((x - 320) / 320) ** 2);

const BUILDS: Readonly<Record<string, Build>> = {
  suspension: { own: STEEL, light: rgb("b9a8ff"), deck: flat(204, 8), draw: drawSuspension },
  "red-suspension": { own: RED, light: WARM, deck: flat(206, 6), draw: drawSuspension },
  "cable-stayed": { own: rgb("cfd6da"), light: rgb("d8ecff"), deck: flat(212, 10), draw: drawCableStayed },
  arch: { own: rgb("69737a"), light: rgb("ffe2b0"), deck: flat(208, 3), draw: drawArch },
  stone: { own: rgb("a39a86"), light: WARM, deck: flat(214, 12), draw: drawStone },
};

/** A bridge across the picture, its traffic, and boats under it. */
export const bridge: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    const build = BUILDS[shot.place.look] ?? BUILDS["stone"];
    if (build === undefined) return;
    drawPlane(drawing, shot, HORIZON);
    drawFarShore(drawing, shot);
    drawWater(drawing, shot, SHORE, HEIGHT);
    const lamps = Array.from({ length: 22 }, (_, index) => 14 + index * 29);
    drawStreaks(
      drawing,
      shot,
      SHORE + 4,
      92,
      lamps.map((x, index) => ({ x, colour: build.light, strength: 0.4 + 0.6 * hash01(5, index) })),
    );
    drawBoats(drawing, shot, { top: SHORE + 10, bottom: SHORE + 18, kinds: ["launch"], count: 1 });
    build.draw(drawing, shot, build);
    drawTraffic(drawing, shot, build);
    drawLamps(
      drawing,
      shot,
      lamps.map((x) => [x, build.deck(x) - 11] as const),
      1,
      build.light,
    );
    drawBoats(drawing, shot, { top: SHORE + 26, bottom: HEIGHT - 26, kinds: ["ferry", "sail", "launch"], count: 3 });
  },
};

function drawFarShore(drawing: Drawing, shot: Shot): void {
  const hilly = shot.place.look.startsWith("red");
  drawHills(drawing, shot, SHORE, hilly ? 78 : 34, rgb("5c6b52"));
  const rows = { left: -10, right: WIDTH + 10, y: SHORE, distance: 0.56, pitch: 3.2 };
  if (!hilly) drawRow(drawing, shot, { ...rows, seed: shot.seed + 1, height: [10, 72], width: [10, 24] });
  drawRow(drawing, shot, {
    ...rows,
    seed: shot.seed + 2,
    distance: 0.4,
    height: [5, hilly ? 11 : 30],
    width: [12, 28],
  });
}

function deckPath(build: Build, thickness: number): string {
  const xs = Array.from({ length: 33 }, (_, index) => index * 20);
  return polygon([
    ...xs.map((x) => [x, build.deck(x)] as const),
    ...xs.toReversed().map((x) => [x, build.deck(x) + thickness] as const),
  ]);
}

function drawDeck(drawing: Drawing, shot: Shot, build: Build, thickness: number): void {
  const own = lit(shot.light, build.own, 0.1);
  drawing.path(
    deckPath(build, thickness),
    drawing.gradient([
      [0, own],
      [1, mix(own, [0, 0, 0], 0.45)],
    ]),
  );
  let rail = "";
  for (let x = 4; x < WIDTH; x += 8) rail += `M${n(x)} ${n(build.deck(x))}v-4`;
  drawing.stroke(rail, own, 0.7, 0.9);
}

function drawSuspension(drawing: Drawing, shot: Shot, build: Build): void {
  const own = lit(shot.light, build.own, 0.1);
  const shade = mix(own, [0, 0, 0], 0.3);
  const [left, right, top] = [150, 490, 74];
  const cable = (x: number) => {
    if (x >= left && x <= right) return top + (build.deck(320) - 12 - top) * (1 - ((x - 320) / 170) ** 2);
    const part = x < left ? (left - x) / (left + 60) : (x - right) / (WIDTH + 60 - right);
    return top + (build.deck(0) - top) * part ** 0.92;
  };
  let hangers = "";
  for (let x = 6; x < WIDTH; x += 9) hangers += `M${n(x)} ${n(cable(x))}V${n(build.deck(x))}`;
  drawing.stroke(hangers, own, 0.6, 0.8);
  const points = Array.from({ length: 81 }, (_, index) => [index * 8, cable(index * 8)] as const);
  for (const [offset, colour] of [
    [-2.4, shade],
    [0, own],
  ] as const)
    drawing.stroke(
      polygon(
        points.map(([x, y]) => [x + offset, y] as const),
        false,
      ),
      colour,
      2,
    );
  drawDeck(drawing, shot, build, 9);
  for (const x of [left, right]) {
    const legs = box(x - 9, top - 6, 6, SHORE + 12 - top) + box(x + 3, top - 6, 6, SHORE + 12 - top);
    drawing.path(legs, own);
    drawing.path(box(x - 3.4, top - 6, 2, SHORE + 10 - top) + box(x + 8.6, top - 6, 2, SHORE + 10 - top), shade);
    drawing.path([0, 34, 70, 104].map((down) => box(x - 9, top - 2 + down, 18, 7)).join(""), own);
    drawing.path(box(x - 17, SHORE + 2, 34, 12), lit(shot.light, rgb("7d7b76"), 0.08));
    drawing.path(
      legs,
      drawing.gradient([
        [0, build.light, 0.1],
        [1, build.light, 0.9],
      ]),
      0.55 * shot.light.lamps,
    );
    drawBeacon(drawing, shot, x, top - 8, x);
  }
  drawing.path(
    points
      .filter((_, index) => index % 2 === 0)
      .map(([x, y]) => disc(x, y, 0.9))
      .join(""),
    build.light,
    0.9 * shot.light.lamps,
  );
}

function drawCableStayed(drawing: Drawing, shot: Shot, build: Build): void {
  const own = lit(shot.light, build.own, 0.06);
  const [mast, top] = [236, 52];
  let stays = "";
  for (let stay = 0; stay < 17; stay += 1) {
    const from = top + 10 + stay * 4;
    const right = mast + 350 - stay * 19;
    const left = mast - 226 + stay * 12;
    stays += `M${mast} ${n(from)}L${n(right)} ${n(build.deck(right))}M${mast} ${n(from)}L${n(left)} ${n(build.deck(left))}`;
  }
  drawing.stroke(stays, own, 0.8, 0.9);
  drawing.stroke(stays, build.light, 0.8, 0.5 * shot.light.lamps);
  drawDeck(drawing, shot, build, 8);
  const leg = `M${mast - 4} ${top}L${mast - 20} ${SHORE + 12}h11L${mast} ${top + 90}L${mast + 9} ${SHORE + 12}h11L${mast + 4} ${top}z`;
  drawing.path(
    leg,
    drawing.gradient(
      [
        [0, mix(own, [255, 255, 255], 0.1)],
        [1, mix(own, [0, 0, 0], 0.3)],
      ],
      "right",
    ),
  );
  drawing.path(
    leg,
    drawing.gradient([
      [0, build.light, 0.2],
      [1, build.light, 0.9],
    ]),
    0.5 * shot.light.lamps,
  );
  drawing.path(box(mast - 28, SHORE + 4, 56, 10), lit(shot.light, rgb("7d7b76"), 0.08));
  drawBeacon(drawing, shot, mast, top - 2);
}

function drawArch(drawing: Drawing, shot: Shot, build: Build): void {
  const own = lit(shot.light, build.own, 0.14);
  const arch = (x: number, rise: number) => 232 - rise * (1 - ((x - 320) / 232) ** 2);
  const xs = Array.from({ length: 30 }, (_, index) => 88 + index * 16);
  let web = "";
  xs.forEach((x, index) => {
    const [outer, inner] = [arch(x, 150), arch(x, 118)];
    const next = xs[index + 1];
    web += `M${n(x)} ${n(outer)}V${n(inner)}`;
    if (next !== undefined)
      web +=
        index % 2 === 0
          ? `M${n(x)} ${n(outer)}L${n(next)} ${n(arch(next, 118))}`
          : `M${n(x)} ${n(inner)}L${n(next)} ${n(arch(next, 150))}`;
    if (inner < build.deck(x)) web += `M${n(x)} ${n(inner)}V${n(build.deck(x))}`;
  });
  drawing.stroke(web, own, 1.1);
  for (const rise of [150, 118])
    drawing.stroke(
      polygon(
        xs.map((x) => [x, arch(x, rise)] as const),
        false,
      ),
      own,
      4,
    );
  drawDeck(drawing, shot, build, 9);
  for (const x of [62, 578]) {
    const pylon = box(x - 17, 140, 34, SHORE + 14 - 140) + box(x - 20, 136, 40, 6);
    drawing.path(pylon, lit(shot.light, rgb("b59f80"), 0.12));
    drawing.path(box(x + 6, 142, 11, SHORE + 12 - 142), [0, 0, 0], 0.22);
    drawing.path(
      pylon,
      drawing.gradient([
        [0, build.light, 0.15],
        [1, build.light, 0.85],
      ]),
      0.6 * shot.light.lamps,
    );
  }
  drawing.path(xs.map((x) => disc(x, arch(x, 151), 1)).join(""), build.light, 0.9 * shot.light.lamps);
  drawBeacon(drawing, shot, 320, 79);
}

function drawStone(drawing: Drawing, shot: Shot, build: Build): void {
  const own = lit(shot.light, build.own, 0.06);
  const feet = SHORE + 22;
  let body = `M0 ${n(build.deck(0))}`;
  for (let x = 20; x <= WIDTH; x += 20) body += `L${x} ${n(build.deck(x))}`;
  body += `V${feet}H628`;
  let shadows = "";
  for (let span = 6; span >= 0; span -= 1) {
    const [left, right] = [12 + span * 88, 12 + span * 88 + 68];
    const crown = build.deck((left + right) / 2) + 13;
    body += `L${right} ${feet}V${feet - 12}Q${n((left + right) / 2)} ${n(crown * 2 - feet + 4)} ${left} ${feet - 12}V${feet}`;
    shadows += `M${right} ${feet - 12}Q${n((left + right) / 2)} ${n(crown * 2 - feet + 4)} ${left} ${feet - 12}l7 0Q${n((left + right) / 2)} ${n(crown * 2 - feet + 16)} ${right} ${feet - 6}z`;
  }
  const path = `${body}L0 ${feet}z`;
  drawing.path(
    path,
    drawing.gradient([
      [0, own],
      [1, mix(own, [0, 0, 0], 0.35)],
    ]),
  );
  drawing.path(shadows, [0, 0, 0], 0.3);
  drawing.path(deckPath({ ...build, deck: (x) => build.deck(x) - 5 }, 6), mix(own, [255, 255, 255], 0.08));
  drawing.path(
    path,
    drawing.gradient([
      [0, WARM, 0.25],
      [0.5, WARM, 0.5],
      [1, WARM, 0.9],
    ]),
    0.42 * shot.light.lamps,
  );
}

/** Cars on the bridge, seen from the side. */
function drawTraffic(drawing: Drawing, shot: Shot, build: Build): void {
  const cars = Math.round(8 + 20 * bustle(shot.hour));
  let bodies = "";
  let lorries = "";
  let heads = "";
  let tails = "";
  for (let car = 0; car < cars; car += 1) {
    const right = car % 2 === 0;
    const x =
      modulo(hash01(111, car) * 760 + (right ? 1 : -1) * shot.seconds * (24 + 8 * hash01(112, car % 5)), 760) - 60;
    const y = build.deck(x) - (right ? 0.6 : 2.2);
    if (hash01(113, car) < 0.15) lorries += box(x - 9, y - 8, 18, 7.4);
    else bodies += `M${n(x - 6)} ${n(y)}v-2.6l2.2 -.4l1.6 -2h4.4l1.8 2l2 .6v2.4z`;
    heads += disc(right ? x + 6 : x - 6, y - 1.8, 0.9);
    tails += disc(right ? x - 6 : x + 6, y - 1.8, 0.8);
    if (shot.light.lamps > 0.05)
      drawing.glow(right ? x + 9 : x - 9, y - 1, [11, 5], rgb("fff0c8"), 0.6 * shot.light.lamps);
  }
  drawing.path(bodies, lit(shot.light, rgb("c9ced3"), 0.06));
  drawing.path(lorries, lit(shot.light, rgb("8c9296"), 0.14));
  drawing.path(heads, rgb("fff6de"), shot.light.lamps);
  drawing.path(tails, rgb("ff3a2a"), shot.light.lamps);
}
