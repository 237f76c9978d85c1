import { rgb } from "./colour.ts";
import { disc, type Drawing, HEIGHT, WIDTH } from "./drawing.ts";
import { textPath, textWidth } from "./font.ts";
import { localTime } from "./local-time.ts";
import type { Shot } from "./shot.ts";

const MARGIN = 14;
const PIXEL = 2;
const LETTER_HEIGHT = 7 * PIXEL;
const MARK = "DEMO";
const WHITE = rgb("ffffff");
const BLACK = rgb("000000");
const RED = rgb("ff3b30");
const OUTLINE = 1;

/** What a recorder writes over its picture: the camera's name, the local time, and that this is a demonstration. */
export function drawOverlay(drawing: Drawing, shot: Shot): void {
  const { place } = shot;
  const { date, time, offset } = localTime(place.zone, shot.timeMs);
  const bottom = HEIGHT - MARGIN - LETTER_HEIGHT;
  const clock = `${date}  ${time}  ${offset}`;
  const degrees = `${String(Math.round(place.heading_deg)).padStart(3, "0")}°`;
  const markLeft = WIDTH - MARGIN - textWidth(MARK, PIXEL);
  const write = (grow: number) =>
    textPath(place.name, MARGIN, MARGIN, PIXEL, grow) +
    textPath(clock, MARGIN, bottom, PIXEL, grow) +
    textPath(degrees, WIDTH - MARGIN - textWidth(degrees, PIXEL), bottom, PIXEL, grow) +
    textPath(MARK, markLeft, MARGIN, PIXEL, grow);
  drawing.crisp(write(OUTLINE), BLACK, 0.72);
  drawing.crisp(write(0), WHITE, 0.96);
  // Once a second, like the lamp of a recorder.
  const lampOn = Math.floor(shot.seconds * 2) % 2 === 0;
  drawing.path(disc(markLeft - 12, MARGIN + LETTER_HEIGHT / 2, 5), BLACK, 0.5);
  drawing.path(disc(markLeft - 12, MARGIN + LETTER_HEIGHT / 2, 4), RED, lampOn ? 1 : 0.35);
}
