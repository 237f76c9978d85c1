import { mix, rgb } from "../colour.ts";
import { box, disc, type Drawing, oval, polygon } from "../drawing.ts";
import { lit } from "../light.ts";
import { hash01, modulo } from "../random.ts";
import type { Shot } from "../shot.ts";
import { drawBeacon } from "./buildings.ts";

const GROUND = 252;
const WARM = rgb("ffd08a");

/** What stands in a square. It is drawn twice: behind the houses' foot, and before the people. */
type Monument = (drawing: Drawing, shot: Shot, part: "behind" | "before") => void;

function floodlit(drawing: Drawing, shot: Shot, path: string, strength = 0.7): void {
  drawing.path(
    path,
    drawing.gradient([
      [0, WARM, 0.15],
      [1, WARM, 0.95],
    ]),
    strength * shot.light.lamps,
  );
}

/** Stone in the round: bright on the side of the sun. */
function stone(drawing: Drawing, shot: Shot, path: string, own: string): void {
  const sunIsRight = Math.sin(((shot.sun.azimuth - shot.place.heading_deg) * Math.PI) / 180) > 0;
  const bright = lit(shot.light, rgb(own), 0.06);
  const dark = mix(bright, [0, 0, 0], 0.38);
  drawing.path(
    path,
    drawing.gradient(
      [
        [0, sunIsRight ? dark : bright],
        [1, sunIsRight ? bright : dark],
      ],
      "right",
    ),
  );
}

const campanile: Monument = (drawing, shot, part) => {
  if (part === "before") return;
  const x = 404;
  const shaft = box(x - 17, 66, 34, 162);
  stone(drawing, shot, shaft, "b4664a");
  let pilasters = "";
  for (let line = -12; line <= 12; line += 8) pilasters += box(x + line - 0.6, 72, 1.2, 154);
  drawing.path(pilasters, [0, 0, 0], 0.2);
  stone(drawing, shot, box(x - 20, 44, 40, 24), "ded6c6");
  drawing.path(
    [-13, -4, 5].map((dx) => `M${x + dx} 66V54a4 4 0 0 1 8 0V66z`).join(""),
    lit(shot.light, rgb("2b2723"), 0.1),
  );
  stone(
    drawing,
    shot,
    polygon([
      [x - 18, 44],
      [x, 8],
      [x + 18, 44],
    ]),
    "6f8f80",
  );
  floodlit(drawing, shot, shaft + box(x - 20, 44, 40, 24));
};

const obelisk: Monument = (drawing, shot, part) => {
  if (part === "behind") return;
  drawing.path(oval(320, GROUND + 3, 74, 9), lit(shot.light, rgb("6f7d4a"), 0.05));
  const needle = polygon([
    [311, GROUND - 12],
    [314, 78],
    [320, 62],
    [326, 78],
    [329, GROUND - 12],
  ]);
  stone(drawing, shot, box(300, GROUND - 14, 40, 15) + box(292, GROUND - 3, 56, 6), "b8a487");
  stone(drawing, shot, needle, "c9a98a");
  let marks = "";
  for (let y = 92; y < GROUND - 20; y += 7) marks += box(317 + 3 * hash01(3, y), y, 3, 3);
  drawing.path(marks, [0, 0, 0], 0.24);
  floodlit(drawing, shot, needle);
};

const statue: Monument = (drawing, shot, part) => {
  if (part === "behind") return;
  const base = box(292, GROUND - 42, 56, 40) + box(284, GROUND - 6, 72, 8) + box(288, GROUND - 47, 64, 6);
  stone(drawing, shot, base, "bdb3a0");
  const rider =
    `M298 ${GROUND - 47}l3 -20l-4 -10q10 -8 26 -5l14 -9l8 -2l5 8l-7 3l-5 8l-2 11l8 8l-3 8l-4 -1l-1 -6l-8 -5l-14 0l-6 12h-5l2 -12l-4 13z` +
    `M316 ${GROUND - 79}l2 -17q5 -5 10 0l1 18z` +
    disc(322.5, GROUND - 102, 5);
  stone(drawing, shot, rider, "4f6f62");
  floodlit(drawing, shot, base, 0.6);
  drawing.glow(320, GROUND - 70, 70, WARM, 0.3 * shot.light.lamps);
};

const minaret: Monument = (drawing, shot, part) => {
  if (part === "behind") {
    const x = 212;
    const shaft = box(x - 18, 74, 36, 154);
    stone(drawing, shot, shaft, "c58f63");
    stone(drawing, shot, box(x - 9, 48, 18, 27), "b57f57");
    drawing.path(
      [-7, 1].map((dx) => `M${x + dx} 150V138a3.4 3.4 0 0 1 6.8 0V150z`).join("") + box(x - 17, 82, 34, 5),
      lit(shot.light, rgb("3f5f5a"), 0.08),
    );
    drawing.path(disc(x, 44, 6) + disc(x, 35, 3.4) + disc(x, 29.5, 2), lit(shot.light, rgb("d9b25a"), 0.05));
    floodlit(drawing, shot, shaft);
    return;
  }
  drawStalls(drawing, shot);
};

/** Market stalls whose smoke and bulbs fill the evening. */
function drawStalls(drawing: Drawing, shot: Shot): void {
  for (let stall = 0; stall < 9; stall += 1) {
    const x = 96 + stall * 54 + 14 * hash01(shot.seed, stall);
    const y = 250 + (stall % 3) * 13;
    const size = 0.8 + (stall % 3) * 0.22;
    drawing.path(box(x - 15 * size, y - 18 * size, 30 * size, 18 * size), lit(shot.light, rgb("5c4632"), 0.04));
    drawing.path(
      polygon([
        [x - 20 * size, y - 17 * size],
        [x - 13 * size, y - 28 * size],
        [x + 13 * size, y - 28 * size],
        [x + 20 * size, y - 17 * size],
      ]),
      lit(shot.light, ["e8e2d2", "b8432f", "3f7f6a"].map(rgb)[stall % 3] ?? WARM, 0.03),
    );
    drawing.glow(x, y - 12 * size, [34 * size, 22 * size], rgb("ffb95e"), 0.85 * shot.light.lamps);
    for (let puff = 0; puff < 3 && stall % 2 === 0; puff += 1) {
      const age = modulo(shot.seconds / 7 + puff / 3 + stall * 0.37, 1);
      drawing.glow(
        x + age * 24 * shot.weather.wind,
        y - 30 * size - age * 46,
        6 + age * 18,
        mix(shot.light.low, WARM, 0.3 * shot.light.lamps),
        0.4 * (1 - age),
      );
    }
  }
}

const flag: Monument = (drawing, shot, part) => {
  if (part === "behind") {
    for (const x of [214, 262]) {
      const towers = box(x - 13, 92, 26, 136);
      stone(drawing, shot, towers, "9c8a76");
      stone(drawing, shot, `M${x - 14} 93Q${x} 62 ${x + 14} 93z`, "8a7763");
      drawing.path(box(x - 4, 104, 8, 15), lit(shot.light, rgb("2c2824"), 0.1));
      floodlit(drawing, shot, towers);
    }
    return;
  }
  drawing.stroke(`M330 ${GROUND + 8}V44`, lit(shot.light, rgb("dfe3e6"), 0.04), 3);
  const stripes = ["1f7a4d", "f4f2ea", "c0343a"].map(rgb);
  stripes.forEach((own, stripe) => drawing.path(flagStripe(shot, 330, 50, stripe), lit(shot.light, own, 0.02)));
  drawing.path(disc(330 + wave(shot, 62).dx, 78 + wave(shot, 62).dy, 8), lit(shot.light, rgb("8a6a3c"), 0.02), 0.85);
  drawBeacon(drawing, shot, 330, 42);
};

function wave(shot: Shot, along: number): { dx: number; dy: number } {
  const dir = shot.weather.wind < 0 ? -1 : 1;
  return { dx: dir * along * 0.96, dy: Math.sin(along * 0.06 - shot.seconds * 3) * along * 0.06 + along * 0.05 };
}

/** One third of the cloth, as it hangs from the pole. */
function flagStripe(shot: Shot, x: number, y: number, stripe: number): string {
  const [from, to] = [stripe * 42, stripe * 42 + 42];
  const along = Array.from({ length: 8 }, (_, index) => from + ((to - from) * index) / 7);
  const top = along.map((at) => [x + wave(shot, at).dx, y + wave(shot, at).dy] as const);
  return polygon([...top, ...top.toReversed().map(([px, py]) => [px, py + 62] as const)]);
}

/** A brick church with two towers of unequal height. */
const church: Monument = (drawing, shot, part) => {
  if (part === "before") return;
  const brick = "a5583f";
  const nave = polygon([
    [366, 228],
    [366, 132],
    [400, 100],
    [434, 132],
    [434, 228],
  ]);
  const towers = box(352, 76, 26, 152) + box(422, 96, 26, 132);
  stone(drawing, shot, nave, brick);
  stone(drawing, shot, towers, brick);
  const spires = "M350 77L358 56L365 16L372 56L380 77zM420 97Q424 74 435 62Q446 74 450 97z";
  stone(drawing, shot, spires, "4f6f66");
  const openings = [360, 429].flatMap((x) =>
    [108, 138, 168].map((y) => `M${x} ${y + 14}V${y + 4}a5 5 0 0 1 10 0V${y + 14}z`),
  );
  drawing.path(openings.join("") + "M392 228V206a8 8 0 0 1 16 0V228z", lit(shot.light, rgb("2b2320"), 0.1));
  drawing.path(disc(400, 158, 9), mix(lit(shot.light, rgb("3b4450"), 0.1), rgb("ffcf7a"), 0.7 * shot.light.lamps));
  floodlit(drawing, shot, nave + towers);
};

export const MONUMENTS: ReadonlyMap<string, Monument> = new Map([
  ["campanile", campanile],
  ["obelisk", obelisk],
  ["statue", statue],
  ["minaret", minaret],
  ["flag", flag],
  ["church", church],
]);
