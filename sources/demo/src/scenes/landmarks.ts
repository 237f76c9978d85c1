import { type Colour, rgb } from "../colour.ts";
import { box, type Drawing, n, oval, polygon } from "../drawing.ts";
import { lit } from "../light.ts";
import type { Shot } from "../shot.ts";
import { drawBeacon } from "./buildings.ts";

type At = { x: number; y: number; height: number };
type Landmark = (drawing: Drawing, shot: Shot, at: At) => void;

const IRON = rgb("6d5c4c");
const CONCRETE = rgb("c4c2bc");
const GOLD = rgb("ffcc70");

/** A shape mirrored about a vertical axis, from half-widths at heights (0 at the foot to 1). */
function mirrored({ x, y, height }: At, profile: readonly (readonly [half: number, up: number])[]): string {
  const right = profile.map(([half, up]) => [x + half * height, y - up * height] as const);
  const left = profile.map(([half, up]) => [x - half * height, y - up * height] as const).toReversed();
  return polygon([...right, ...left]);
}

/** The light of floodlamps on a building, strongest at its foot. */
function floodlit(drawing: Drawing, shot: Shot, path: string, colour: Colour, strength = 0.75): void {
  if (shot.light.lamps > 0.03)
    drawing.path(
      path,
      drawing.gradient([
        [0, colour, 0.35],
        [1, colour, 1],
      ]),
      strength * shot.light.lamps,
    );
}

const eiffel: Landmark = (drawing, shot, at) => {
  const { x, y, height } = at;
  const body = mirrored(at, [
    [0.2, 0],
    [0.125, 0.18],
    [0.075, 0.4],
    [0.034, 0.66],
    [0.012, 0.9],
    [0.003, 1],
  ]);
  const cut = `M${n(x - height * 0.13)} ${n(y)}Q${n(x)} ${n(y - height * 0.24)} ${n(x + height * 0.13)} ${n(y)}z`;
  const gap = mirrored(at, [
    [0.055, 0.2],
    [0.028, 0.36],
    [0.004, 0.52],
  ]);
  const decks =
    box(x - height * 0.135, y - height * 0.185, height * 0.27, height * 0.022) +
    box(x - height * 0.082, y - height * 0.375, height * 0.164, height * 0.018) +
    box(x - height * 0.022, y - height * 0.87, height * 0.044, height * 0.02);
  const iron = lit(shot.light, IRON, 0.2);
  drawing.path(`${body}${cut}${gap}`.replaceAll("z", "Z"), iron);
  drawing.add(`<g fill-rule="evenodd">`);
  drawing.path(cut, lit(shot.light, rgb("8a9a9f"), 0.75));
  drawing.path(gap, shot.light.low, 0.85);
  drawing.add("</g>");
  let lattice = "";
  for (let step = 0; step < 26; step += 1) {
    const up = 0.03 + step * 0.034;
    const half = (0.2 * (1 - up) ** 2.1 + 0.006) * height;
    const next = (0.2 * (1 - up - 0.034) ** 2.1 + 0.006) * height;
    lattice += `M${n(x - half)} ${n(y - up * height)}L${n(x + next)} ${n(y - (up + 0.034) * height)}M${n(x + half)} ${n(y - up * height)}L${n(x - next)} ${n(y - (up + 0.034) * height)}`;
  }
  drawing.stroke(lattice, lit(shot.light, IRON, 0.1, 0.6), 0.7, 0.5);
  drawing.path(decks, iron);
  floodlit(drawing, shot, body, GOLD, 0.62);
  drawing.stroke(lattice, rgb("ffe6a8"), 0.6, 0.7 * shot.light.lamps);
  drawing.path(cut, shot.light.low, 0.75 * shot.light.lamps);
  drawing.path(decks, GOLD, shot.light.lamps);
  drawBeacon(drawing, shot, x, y - height);
  drawSearchlight(drawing, shot, x, y - height * 0.99);
};

/** A beam that turns: it is long and thin across the picture, short and faint towards the camera. */
function drawSearchlight(drawing: Drawing, shot: Shot, x: number, y: number): void {
  const sweep = Math.cos(shot.seconds * 0.5);
  const near: readonly [number, Colour, number] = [sweep > 0 ? 0 : 1, rgb("fff6d8"), 0.5];
  const far: readonly [number, Colour, number] = [sweep > 0 ? 1 : 0, rgb("fff6d8"), 0];
  const beam = polygon([
    [x, y],
    [x + sweep * 520, y - 46],
    [x + sweep * 520, y + 30],
  ]);
  drawing.path(beam, drawing.gradient(sweep > 0 ? [near, far] : [far, near], "right"), 0.3 * shot.light.lamps);
}

function tower(ballUp: number, ball: readonly [number, number], deck: Colour): Landmark {
  return (drawing, shot, at) => {
    const { x, y, height } = at;
    const shaft = mirrored(at, [
      [0.045, 0],
      [0.02, 0.12],
      [0.014, ballUp],
      [0.009, ballUp + 0.1],
      [0.004, ballUp + 0.11],
      [0.0015, 1],
    ]);
    drawing.path(shaft, lit(shot.light, CONCRETE, 0.22));
    floodlit(drawing, shot, shaft, rgb("b8c8ff"), 0.45);
    const pod = oval(x, y - height * ballUp, height * ball[0], height * ball[1]);
    drawing.path(
      pod,
      drawing.gradient(
        [
          [0, lit(shot.light, rgb("e6ebf0"), 0.12)],
          [1, lit(shot.light, rgb("5e6873"), 0.12)],
        ],
        "right",
      ),
    );
    drawing.path(
      box(x - height * ball[0], y - height * (ballUp + 0.006), height * ball[0] * 2, height * 0.012),
      deck,
      0.35 + 0.6 * shot.light.lamps,
    );
    drawing.glow(x, y - height * ballUp, height * ball[0] * 2.4, deck, 0.5 * shot.light.lamps);
    drawBeacon(drawing, shot, x, y - height);
    drawBeacon(drawing, shot, x, y - height * (ballUp + 0.12), 1);
  };
}

const pearl: Landmark = (drawing, shot, at) => {
  const { x, y, height } = at;
  const rose = rgb("d87a9c");
  const shaft = mirrored(at, [
    [0.07, 0],
    [0.03, 0.2],
    [0.026, 0.62],
    [0.01, 0.68],
    [0.002, 1],
  ]);
  drawing.path(shaft, lit(shot.light, rgb("9a8f9c"), 0.24));
  floodlit(drawing, shot, shaft, rgb("9a7bff"), 0.7);
  for (const [up, radius] of [
    [0.22, 0.078],
    [0.6, 0.062],
    [0.74, 0.02],
  ] as const) {
    const ball = oval(x, y - height * up, height * radius, height * radius);
    drawing.path(
      ball,
      drawing.gradient(
        [
          [0, lit(shot.light, rgb("f0b8cc"), 0.14)],
          [1, lit(shot.light, rose, 0.14, 0.6)],
        ],
        "right",
      ),
    );
    floodlit(drawing, shot, ball, mix2(shot, rgb("ff4fa0"), rgb("7a5cff")), 0.85);
    drawing.glow(x, y - height * up, height * radius * 2.2, rgb("ff5fb0"), 0.4 * shot.light.lamps);
  }
  drawBeacon(drawing, shot, x, y - height);
};

/** A light that changes slowly from one colour to another and back. */
function mix2(shot: Shot, a: Colour, b: Colour): Colour {
  const share = 0.5 + 0.5 * Math.sin(shot.seconds * 0.4);
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

const pagoda: Landmark = (drawing, shot, at) => {
  const { x, y, height } = at;
  const glass = rgb("6f938f");
  let body = mirrored(at, [
    [0.095, 0],
    [0.068, 0.2],
  ]);
  for (let tier = 0; tier < 8; tier += 1) {
    const up = 0.2 + tier * 0.078;
    body += mirrored(at, [
      [0.054, up],
      [0.07, up + 0.068],
      [0.07, up + 0.078],
    ]);
  }
  body += mirrored(at, [
    [0.045, 0.824],
    [0.036, 0.88],
    [0.016, 0.885],
    [0.012, 0.93],
    [0.003, 0.935],
    [0.001, 1],
  ]);
  drawing.path(
    body,
    drawing.gradient(
      [
        [0, lit(shot.light, glass, 0.16, 1.1)],
        [1, lit(shot.light, glass, 0.16, 0.6)],
      ],
      "right",
    ),
  );
  floodlit(drawing, shot, body, rgb("6fd8b4"), 0.5);
  for (let tier = 0; tier < 8; tier += 1) {
    drawing.path(
      box(x - height * 0.07, y - height * (0.276 + tier * 0.078), height * 0.14, height * 0.006),
      rgb("d8fff0"),
      0.25 + 0.75 * shot.light.lamps,
    );
  }
  drawBeacon(drawing, shot, x, y - height);
};

/** What a skyline is known by, by the word in its look. */
export const LANDMARKS: ReadonlyMap<string, Landmark> = new Map([
  ["eiffel", eiffel],
  ["tv-tower", tower(0.62, [0.05, 0.045], rgb("ffd890"))],
  ["pearl-tower", pearl],
  ["pagoda-tower", pagoda],
]);
