import { type Colour, mix, rgb } from "../colour.ts";
import { box, type Drawing, HEIGHT, n, polygon, WIDTH } from "../drawing.ts";
import { lamp, lit } from "../light.ts";
import { between, hash01, modulo, pick, seeded, smoothstep, wander } from "../random.ts";
import type { Shot } from "../shot.ts";
import { drawBeacon, drawLamps } from "./buildings.ts";
import { hillPath } from "./nature.ts";
import type { Scene } from "./scene.ts";

const HORIZON = 226;
const SNOW = rgb("eef3f9");
const CURTAINS = 3;
const RAYS = 56;
const GREEN = rgb("54f2a0");
const VIOLET = rgb("a06cff");
const WARM = rgb("ffd596");
const GROUND = 268;
const STATION_WALLS: readonly [Colour, ...Colour[]] = [
  rgb("c2402f"),
  rgb("dfe5ea"),
  rgb("2f5f8f"),
  rgb("d9a12f"),
  rgb("4f7a5a"),
];

/** A research station on the ice: aurora in the dark, drifting snow, and lights that never go out. */
export const polar: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    drawAurora(drawing, shot);
    if (shot.place.look === "mountains") drawIceMountains(drawing, shot);
    drawSnowfield(drawing, shot);
    const turned = shot.seed % 2 === 0;
    drawTurbine(drawing, shot, turned ? 96 : 556, 240, 84 + (shot.seed % 20));
    drawMast(drawing, shot, turned ? 566 : 74, 240);
    drawStation(drawing, shot);
    drawFlags(drawing, shot);
    drawSpindrift(drawing, shot);
  },
};

/** Curtains of light: many soft upright rays along a line that wanders. */
function drawAurora(drawing: Drawing, shot: Shot): void {
  const dark = smoothstep(-6, -13, shot.sun.elevation) * (1 - 0.8 * smoothstep(0.4, 0.9, shot.weather.cover));
  const storm = 0.35 + 0.65 * wander(shot.seed + 2, shot.seconds / 1500);
  if (dark * storm < 0.05) return;
  drawing.define(
    "aurora",
    `<linearGradient id="aurora" x2="0" y2="1"><stop stop-color="#a06cff" stop-opacity="0"/><stop offset=".35" stop-color="#7a7cf0" stop-opacity=".18"/><stop offset=".72" stop-color="#54f2a0" stop-opacity=".5"/><stop offset=".93" stop-color="#8dffc4" stop-opacity=".75"/><stop offset="1" stop-color="#54f2a0" stop-opacity="0"/></linearGradient>`,
  );
  for (let curtain = 0; curtain < CURTAINS; curtain += 1) {
    const base = 96 + curtain * 38;
    for (let ray = 0; ray < RAYS; ray += 1) {
      const part = ray / RAYS;
      const drift = shot.seconds * 0.021 + curtain * 7;
      const x = -60 + part * 760 + 46 * Math.sin(part * 6 + drift * 3);
      const foot = base + 34 * Math.sin(part * 5.2 + drift * 2 + curtain) + 12 * Math.sin(part * 14 + drift * 5);
      const power =
        wander(shot.seed + curtain, part * 9 + drift * 6) ** 1.6 * wander(curtain + 5, part * 31 - drift * 9);
      const tall = 60 + 84 * wander(shot.seed + 11, part * 7 + drift * 4);
      drawing.path(box(x - 10, foot - tall, 21, tall), "url(#aurora)", 0.9 * power * dark * storm);
    }
  }
  drawing.glow(320, 150, [420, 110], mix(GREEN, VIOLET, 0.25), 0.2 * dark * storm);
}

function drawIceMountains(drawing: Drawing, shot: Shot): void {
  for (const [layer, far] of [0.66, 0.4].entries()) {
    const ridge = hillPath(shot.seed + layer * 17, HORIZON + 8, 86 - layer * 32, 74);
    drawing.path(
      ridge,
      drawing.gradient([
        [0, lit(shot.light, rgb("f4f8fd"), far * 0.8)],
        [0.7, lit(shot.light, rgb("a9b8c8"), far)],
        [1, lit(shot.light, SNOW, far)],
      ]),
    );
    const rock = hillPath(shot.seed + layer * 17 + 3, HORIZON + 8, 52 - layer * 24, 40);
    drawing.path(rock, lit(shot.light, rgb("5d6672"), far), 0.42);
  }
}

function drawSnowfield(drawing: Drawing, shot: Shot): void {
  // Snow takes the sky's colour where the sun does not reach.
  const lit0 = lit(shot.light, SNOW, 0.3);
  const near = mix(lit(shot.light, SNOW, 0, 0.96), shot.light.top, 0.16);
  drawing.path(
    box(0, HORIZON, WIDTH, HEIGHT - HORIZON),
    drawing.gradient([
      [0, mix(lit0, shot.light.low, 0.4)],
      [0.3, lit0],
      [1, near],
    ]),
  );
  let crests = "";
  let hollows = "";
  for (let index = 0; index < 120; index += 1) {
    const part = hash01(121, index) ** 1.7;
    const y = HORIZON + 5 + part * (HEIGHT - HORIZON);
    const x = hash01(122, index) * (WIDTH + 120) - 60;
    const length = (24 + 90 * hash01(123, index)) * (0.2 + part);
    const bow = (1.4 + 4 * part) * (0.5 + hash01(124, index));
    crests += `M${n(x)} ${n(y)}q${n(length * 0.4)} ${n(-bow * 1.6)} ${n(length)} 0q${n(-length * 0.5)} ${n(-bow * 0.3)} ${n(-length)} 0z`;
    hollows += `M${n(x)} ${n(y + 0.6)}q${n(length * 0.5)} ${n(bow)} ${n(length)} 0q${n(-length * 0.5)} ${n(bow * 0.2)} ${n(-length)} 0z`;
  }
  drawing.path(hollows, mix(shot.light.top, rgb("4f74ac"), 0.6 * shot.light.day), 0.3 + 0.22 * shot.light.day);
  drawing.path(crests, mix(shot.light.sun, [255, 255, 255], 0.6), 0.12 + 0.5 * shot.light.day);
}

type Module = { x: number; width: number; height: number; wall: Colour; dome: boolean };

/** Every station is put together differently. */
function modulesOf(shot: Shot): Module[] {
  const random = seeded(shot.seed + 21);
  const count = 2 + Math.floor(random() * 3);
  const widths = Array.from({ length: count }, () => between(random, 62, 300 / count + 40));
  const tallest = Math.floor(random() * count);
  let x = 320 - (widths.reduce((sum, width) => sum + width + 8, 0) + between(random, -60, 60)) / 2;
  return widths.map((width, index) => {
    const at = x;
    x += width + 8;
    const height = index === tallest ? 38 : between(random, 24, 30);
    return { x: at, width, height, wall: pick(random, STATION_WALLS), dome: index === tallest };
  });
}

/** Modules on stilts, for the snow to blow under. */
function drawStation(drawing: Drawing, shot: Shot): void {
  const modules = modulesOf(shot);
  for (const [index, module] of modules.entries()) {
    const { x, width, height, dome } = module;
    const corridor = box(x - 10, GROUND - 30, 12, 7);
    if (index > 0) drawing.path(corridor, lit(shot.light, rgb("6c757e"), 0.06));
    drawing.glow(x + width / 2 + 6, GROUND + 3, [width * 0.72, 9], mix(shot.light.top, [24, 44, 84], 0.6), 0.75);
    drawStilts(drawing, shot, module);
    if (dome) drawDome(drawing, shot, x + width * 0.72, GROUND - 16 - height);
    drawHull(drawing, shot, module);
    drawing.glow(x + width / 2, GROUND + 6, [width * 0.75, 16], WARM, 0.5 * shot.light.lamps);
  }
  const [first, last] = [modules[0], modules.at(-1)];
  if (first === undefined || last === undefined) return;
  const ends = [
    [first.x - 8, GROUND - 32],
    [last.x + last.width + 8, GROUND - 32],
  ] as const;
  drawLamps(drawing, shot, ends, 1.6, [255, 244, 220]);
}

function drawStilts(drawing: Drawing, shot: Shot, { x, width }: Module): void {
  let stilts = "";
  for (let leg = 8; leg < width; leg += 22) {
    stilts += `M${n(x + leg)} ${GROUND - 18}L${n(x + leg - 3)} ${GROUND + 2}M${n(x + leg)} ${GROUND - 18}L${n(x + leg + 5)} ${GROUND + 2}`;
  }
  drawing.stroke(stilts, lit(shot.light, rgb("4d545c"), 0.06), 1.8);
}

function drawHull(drawing: Drawing, shot: Shot, { x, width, height, wall }: Module): void {
  const y = GROUND - 16 - height;
  const own = lit(shot.light, wall, 0.06);
  const hull = `M${n(x + 7)} ${n(y)}H${n(x + width - 7)}L${n(x + width)} ${n(y + height * 0.4)}L${n(x + width - 8)} ${n(y + height)}H${n(x + 8)}L${n(x)} ${n(y + height * 0.4)}z`;
  const stops = [
    [0, mix(own, [255, 255, 255], 0.16)],
    [0.4, own],
    [1, mix(own, [0, 0, 0], 0.4)],
  ] as const;
  drawing.path(hull, drawing.gradient(stops));
  let panes = "";
  for (let pane = 12; pane < width - 14; pane += 11) panes += box(x + pane, y + height * 0.32, 6.4, 7);
  drawing.path(panes, lamp(shot.light, WARM, rgb("2b3947")));
  drawing.glow(x + width / 2, y + height * 0.45, [width * 0.8, height * 1.2], WARM, 0.4 * shot.light.lamps);
  drawing.path(box(x + 10, y - 2.5, width - 20, 3), lit(shot.light, SNOW, 0.04));
}

/** The white ball that shelters an antenna. */
function drawDome(drawing: Drawing, shot: Shot, x: number, y: number): void {
  const shell = `M${n(x - 15)} ${n(y)}A17 17 0 1 1 ${n(x + 15)} ${n(y)}z`;
  drawing.path(
    shell,
    drawing.gradient(
      [
        [0, lit(shot.light, SNOW, 0.02)],
        [1, lit(shot.light, rgb("93a0b0"), 0.05)],
      ],
      "right",
    ),
  );
}

function drawTurbine(drawing: Drawing, shot: Shot, x: number, y: number, height: number): void {
  const white = lit(shot.light, rgb("e4e9ee"), 0.16);
  drawing.path(`M${n(x - 2.4)} ${n(y)}L${n(x - 1)} ${n(y - height)}h2L${n(x + 2.4)} ${n(y)}z`, white);
  const turned = shot.seconds * (0.9 + hash01(shot.seed, 31));
  for (let blade = 0; blade < 3; blade += 1) {
    const angle = turned + (blade * Math.PI * 2) / 3;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    drawing.path(
      polygon([
        [x - sin * 1.8, y - height + cos * 1.8],
        [x + cos * 38, y - height + sin * 38],
        [x + sin * 0.8, y - height - cos * 0.8],
      ]),
      white,
    );
  }
  drawBeacon(drawing, shot, x, y - height - 2);
}

function drawMast(drawing: Drawing, shot: Shot, x: number, y: number): void {
  const steel = lit(shot.light, rgb("5e6770"), 0.16);
  let lattice = "";
  for (let step = 0; step < 16; step += 1) lattice += `M${x - 3} ${y - step * 8}l6 -8M${x + 3} ${y - step * 8}l-6 -8`;
  drawing.stroke(`M${x - 3} ${y}V${y - 128}M${x + 3} ${y}V${y - 128}`, steel, 1.1);
  drawing.stroke(lattice, steel, 0.7);
  drawing.stroke(`M${x} ${y - 126}L${x - 58} ${y + 4}M${x} ${y - 126}L${x + 58} ${y + 4}`, steel, 0.5, 0.7);
  drawBeacon(drawing, shot, x, y - 131, 2);
}

/** Flags on bamboo poles mark the way in a whiteout. */
function drawFlags(drawing: Drawing, shot: Shot): void {
  for (let index = 0; index < 8; index += 1) {
    const near = (index + 1) / 8;
    const x = 30 + index * 26 + near * near * 130;
    const y = 276 + near * 62;
    const size = 0.4 + near * 0.8;
    const wave = Math.sin(shot.seconds * 6 + index) * 2.2 * size;
    const away = (shot.weather.wind < 0 ? -1 : 1) * 13 * size;
    drawing.stroke(`M${n(x)} ${n(y)}V${n(y - 36 * size)}`, lit(shot.light, rgb("7b5f3c"), 0.06), 1.2 * size);
    drawing.path(
      `M${n(x)} ${n(y - 36 * size)}q${n(away / 2)} ${n(wave)} ${n(away)} ${n(2 + wave * 0.4)}l${n(-away * 0.06)} ${n(8 * size)}q${n(-away / 2)} ${n(-wave)} ${n(-away * 0.94)} ${n(-2 * size)}z`,
      lit(shot.light, index % 2 === 0 ? rgb("e0552f") : rgb("1f9a63"), 0.04),
    );
  }
}

/** Snow that the wind drags along the ground. */
function drawSpindrift(drawing: Drawing, shot: Shot): void {
  const force = 0.25 + Math.abs(shot.weather.wind) * 0.6;
  const dir = shot.weather.wind < 0 ? -1 : 1;
  for (let veil = 0; veil < 9; veil += 1) {
    const x = modulo(hash01(131, veil) * 900 + dir * shot.seconds * (50 + 30 * hash01(132, veil)), 900) - 130;
    drawing.glow(
      x,
      250 + veil * 12,
      [120 + veil * 9, 5 + veil],
      mix(shot.light.low, [255, 255, 255], 0.5 * shot.light.day),
      0.4 * force,
    );
  }
}
