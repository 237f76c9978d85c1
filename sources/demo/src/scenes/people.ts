import { type Colour, rgb } from "../colour.ts";
import { disc, type Drawing, n, oval } from "../drawing.ts";
import { lit } from "../light.ts";
import { hash01, modulo } from "../random.ts";
import type { Shot } from "../shot.ts";

const COATS = ["7c2f36", "2d4a6b", "3f3f46", "8a7a55", "46614b", "b56b3c", "c8c4bb"].map(rgb);
const SKINS = ["8d6248", "c79a78", "5f4230", "e0b896"].map(rgb);

/** Where people walk: the ground between two heights of the picture. */
export type Ground = {
  top: number;
  bottom: number;
  /** Height of a person at the lower edge, in picture units. */
  tallest: number;
  count: number;
  /** Where in the picture the ground is; everywhere when left out. */
  holds?: (x: number, y: number) => boolean;
};

/** How busy a public place is at an hour: few people before dawn, most in the afternoon. */
export function bustle(hour: number): number {
  return 0.12 + 0.88 * Math.max(0, Math.sin(((hour - 5) / 19) * Math.PI)) ** 0.8;
}

/** People who cross the ground, each on a line of their own, and their shadows. */
export function drawPeople(drawing: Drawing, shot: Shot, ground: Ground): void {
  const count = Math.round(ground.count * bustle(shot.hour));
  for (let index = 0; index < count; index += 1) {
    // Sorted by depth, so that the near ones stand before the far ones.
    const near = (index + 0.5) / ground.count + 0.5 * (1 - count / ground.count) * hash01(81, index);
    const size = 0.3 + 0.7 * near;
    const pace = (8 + 9 * hash01(82, index)) * size * (index % 2 === 0 ? 1 : -1);
    const x = modulo(hash01(shot.seed + 83, index) * 760 + shot.seconds * pace, 760) - 60;
    const y = ground.top + (ground.bottom - ground.top) * near ** 1.4;
    if (ground.holds?.(x, y) ?? true) drawWalker(drawing, shot, { x, y, height: ground.tallest * size, index, pace });
  }
}

type Walker = { x: number; y: number; height: number; index: number; pace: number };

function drawWalker(drawing: Drawing, shot: Shot, { x, y, height, index, pace }: Walker): void {
  const stride = Math.sin(shot.seconds * 7 + index) * height * 0.13;
  const coat: Colour = COATS[Math.floor(hash01(84, index) * COATS.length)] ?? [60, 60, 60];
  const skin = SKINS[Math.floor(hash01(85, index) * SKINS.length)] ?? coat;
  const lean = Math.sign(pace) * height * 0.03;
  drawing.path(oval(x - height * 0.14, y, height * 0.3, height * 0.06), [0, 0, 0], 0.14 + 0.18 * shot.light.day);
  drawing.stroke(
    `M${n(x)} ${n(y - height * 0.45)}L${n(x - stride)} ${n(y)}M${n(x)} ${n(y - height * 0.45)}L${n(x + stride)} ${n(y)}`,
    lit(shot.light, rgb("2a2c33"), 0.08),
    height * 0.1,
  );
  drawing.path(
    `M${n(x - height * 0.13)} ${n(y - height * 0.38)}L${n(x - height * 0.12 + lean)} ${n(y - height * 0.76)}Q${n(x + lean)} ${n(y - height * 0.86)} ${n(x + height * 0.12 + lean)} ${n(y - height * 0.76)}L${n(x + height * 0.13)} ${n(y - height * 0.38)}z`,
    lit(shot.light, coat, 0.06),
  );
  drawing.path(disc(x + lean * 1.3, y - height * 0.9, height * 0.085), lit(shot.light, skin, 0.06));
}
