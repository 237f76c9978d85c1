import { mix, rgb } from "../colour.ts";
import { type Drawing, HEIGHT, n, oval, polygon, WIDTH } from "../drawing.ts";
import { lit } from "../light.ts";
import { between, hash01, modulo, seeded, smoothstep, wander } from "../random.ts";
import type { Shot } from "../shot.ts";
import { drawBoats } from "./boats.ts";
import { drawLamps } from "./buildings.ts";
import { drawPalm } from "./nature.ts";
import { bustle, drawPeople } from "./people.ts";
import type { Scene } from "./scene.ts";
import { drawWater } from "./water.ts";

const HORIZON = 152;
const SAND = rgb("d9c199");
const WET_SAND = rgb("a08a6a");
const SEA = rgb("1f7a8c");
const FOAM = rgb("f6fbfc");
const WAVES = 6;
const WAVE_SECONDS = 34;
const LAMPLIGHT = rgb("ffc47a");
const PARASOLS = ["d9483b", "f2f0e6", "2f7fb0", "e8b23f", "3f9a74"].map(rgb);

/** A beach: waves that run in and draw back, and what stands on the sand. */
export const beach: Scene = {
  horizon: HORIZON,
  draw(drawing, shot) {
    drawHeadland(drawing, shot);
    drawWater(drawing, shot, HORIZON, HEIGHT, SEA);
    drawBoats(drawing, shot, {
      top: HORIZON + 6,
      bottom: HORIZON + 34,
      kinds: ["freighter", "sail", "sail"],
      count: 3,
    });
    drawSurf(drawing, shot);
    drawSand(drawing, shot);
    drawPeople(drawing, shot, { top: 268, bottom: 338, tallest: 34, count: 14 });
    drawPromenade(drawing, shot);
    if (shot.place.look === "parasols") drawParasols(drawing, shot);
    if (shot.place.look === "palms") drawPalms(drawing, shot);
  },
};

/** Land that runs out to sea on the right, in two capes. */
function drawHeadland(drawing: Drawing, shot: Shot): void {
  const tall = shot.place.look === "surf" ? 24 : 46;
  for (const [cape, far] of [0.74, 0.52].entries()) {
    const tip = 250 + cape * 150;
    const points: [number, number][] = [];
    for (let x = tip; x <= WIDTH + 8; x += 6) {
      const rise = smoothstep(tip, tip + 210, x);
      const bumps = 0.55 + 0.35 * wander(shot.seed + cape, x / 46) + 0.1 * wander(shot.seed + 5, x / 9);
      points.push([x, HORIZON + 2 - tall * (1 - cape * 0.3) * rise * bumps]);
    }
    drawing.path(
      polygon([[tip, HORIZON + 2], ...points, [WIDTH + 8, HORIZON + 2]]),
      lit(shot.light, rgb("4f6448"), far, 0.9),
    );
  }
}

/** The water's edge at a column: it runs from far left to near right, and breathes with the swell. */
function edgeAt(x: number, shot: Shot, offset = 0): number {
  const swash = Math.sin(shot.seconds * 0.62) * 5 + Math.sin(shot.seconds * 0.27) * 3;
  const curve = 276 - x * 0.118 + Math.sin(x * 0.011 + 1) * 9 + Math.sin(x * 0.034 + shot.seconds * 0.3) * 2.4;
  return curve + swash * (0.5 + 0.5 * Math.sin(x * 0.013 + shot.seconds * 0.11)) + offset;
}

function edgePath(shot: Shot, offset: number): [number, number][] {
  return Array.from({ length: 41 }, (_, index) => [index * 16, edgeAt(index * 16, shot, offset)]);
}

/** Breakers: crests that rise out at sea, turn white and run out on the sand. */
function drawSurf(drawing: Drawing, shot: Shot): void {
  for (let wave = 0; wave < WAVES; wave += 1) {
    const age = modulo(wave / WAVES + shot.seconds / WAVE_SECONDS, 1);
    const distance = -86 * (1 - age) ** 1.5;
    const white = smoothstep(0.3, 0.75, age);
    const height = 1.5 + 7 * age * (1 - smoothstep(0.86, 1, age) * 0.7);
    const crest: [number, number][] = [];
    const foot: [number, number][] = [];
    for (let x = 0; x <= WIDTH; x += 10) {
      const y = edgeAt(x, shot, distance) + Math.sin(x * 0.021 + wave * 2.1) * 4;
      const ragged =
        0.5 + hash01(wave * 97 + Math.floor(shot.seconds / WAVE_SECONDS + wave / WAVES), Math.round(x / 10)) * 0.7;
      crest.push([x, y - height * ragged]);
      foot.push([x, y + height * 0.5 * ragged]);
    }
    const shade = foot.map(([x, y]) => [x, y + height * 0.9] as const);
    drawing.path(polygon([...foot, ...shade.toReversed()]), mix(shot.light.top, [8, 50, 60], 0.6), 0.06 + 0.2 * white);
    drawing.path(
      polygon([...crest, ...foot.toReversed()]),
      lit(shot.light, mix(rgb("62b3b4"), FOAM, white), 0.05),
      0.16 + 0.78 * white,
    );
  }
}

function drawSand(drawing: Drawing, shot: Shot): void {
  const close = [
    [WIDTH, HEIGHT],
    [0, HEIGHT],
  ] as const;
  drawing.path(polygon([...edgePath(shot, 0), ...close]), lit(shot.light, FOAM, 0.04), 0.9);
  drawing.path(polygon([...edgePath(shot, 3.5), ...close]), mix(lit(shot.light, WET_SAND, 0.03), shot.light.low, 0.34));
  const dry = Array.from(
    { length: 41 },
    (_, index) => [index * 16, 296 - index * 16 * 0.118 + Math.sin(index * 0.3) * 4] as const,
  );
  const sand = lit(shot.light, SAND, 0.03);
  drawing.path(
    polygon([...dry, ...close]),
    drawing.gradient([
      [0, mix(sand, lit(shot.light, WET_SAND), 0.45)],
      [0.22, sand],
      [1, lit(shot.light, SAND, 0, 0.8)],
    ]),
  );
  let prints = "";
  for (let index = 0; index < 240; index += 1) {
    const x = hash01(101, index) * WIDTH;
    const y = 300 - x * 0.118 + hash01(102, index) ** 0.8 * 120;
    prints += oval(x, y, 1.2 + 2.6 * hash01(103, index), 0.7);
  }
  drawing.path(prints, rgb("5a4630"), 0.16 * (0.3 + 0.7 * shot.light.day));
}

/** By night: lamps along the far coast, and the light of those behind the camera on the sand. */
function drawPromenade(drawing: Drawing, shot: Shot): void {
  const coast = Array.from({ length: 17 }, (_, index) => [438 + index * 12.4, HORIZON - 1 - (index % 3)] as const);
  drawLamps(drawing, shot, coast, 0.8, LAMPLIGHT);
  const { lamps } = shot.light;
  for (const x of [110, 330, 550]) drawing.glow(x, 366, [200, 92], LAMPLIGHT, 0.34 * lamps);
}

function drawParasols(drawing: Drawing, shot: Shot): void {
  const open = bustle(shot.hour) > 0.5 && shot.weather.rain < 0.2;
  const random = seeded(shot.seed + 6);
  for (let index = 0; index < 11; index += 1) {
    const x = between(random, 20, WIDTH - 20);
    const y = 306 - x * 0.1 + index * 4.2;
    const size = 0.55 + index * 0.062;
    drawing.stroke(`M${n(x)} ${n(y)}V${n(y - 34 * size)}`, lit(shot.light, rgb("efece2"), 0.03), 1.5 * size);
    const own = PARASOLS[index % PARASOLS.length] ?? FOAM;
    if (!open) {
      drawing.path(
        `M${n(x - 2.4 * size)} ${n(y - 14 * size)}L${n(x)} ${n(y - 38 * size)}L${n(x + 2.4 * size)} ${n(y - 14 * size)}z`,
        lit(shot.light, own, 0.03),
      );
      continue;
    }
    drawing.path(oval(x - 8 * size, y + 1, 22 * size, 4 * size), [0, 0, 0], 0.2 * shot.light.day);
    drawing.path(
      `M${n(x - 22 * size)} ${n(y - 28 * size)}Q${n(x)} ${n(y - 54 * size)} ${n(x + 22 * size)} ${n(y - 28 * size)}Q${n(x)} ${n(y - 34 * size)} ${n(x - 22 * size)} ${n(y - 28 * size)}z`,
      lit(shot.light, own, 0.02),
    );
    drawing.path(
      `M${n(x - 8 * size)} ${n(y - 31 * size)}Q${n(x - 4 * size)} ${n(y - 42 * size)} ${n(x)} ${n(y - 41 * size)}Q${n(x + 4 * size)} ${n(y - 42 * size)} ${n(x + 8 * size)} ${n(y - 31 * size)}z`,
      lit(shot.light, FOAM, 0.02),
      0.55,
    );
    drawing.path(
      polygon([
        [x + 6 * size, y],
        [x + 24 * size, y - 3 * size],
        [x + 28 * size, y - 9 * size],
        [x + 25 * size, y - 1],
        [x + 8 * size, y + 3],
      ]),
      lit(shot.light, FOAM, 0.04),
    );
  }
}

function drawPalms(drawing: Drawing, shot: Shot): void {
  for (const [x, height] of [
    [592, 190],
    [548, 142],
    [628, 120],
    [30, 150],
  ] as const)
    drawPalm(drawing, shot, x, 356, height);
}
