import { rgb } from "./colour.ts";
import { box, disc, type Drawing, HEIGHT, WIDTH } from "./drawing.ts";
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
const OUTLINE_WIDTH = 2.4;

/** What a recorder writes over its picture: the camera's name, the local time, and that this is a demonstration. */
export function drawOverlay(drawing: Drawing, shot: Shot): void {
  const { place } = shot;
  const { date, time, offset } = localTime(place.zone, shot.timeMs);
  const bottom = HEIGHT - MARGIN - LETTER_HEIGHT;
  const clock = `${date}  ${time}  ${offset}`;
  const degrees = `${String(Math.round(place.heading_deg)).padStart(3, "0")}°`;
  const markLeft = WIDTH - MARGIN - textWidth(MARK, PIXEL);
  const letters =
    textPath(place.name, MARGIN, MARGIN, PIXEL) +
    textPath(clock, MARGIN, bottom, PIXEL) +
    textPath(degrees, WIDTH - MARGIN - textWidth(degrees, PIXEL), bottom, PIXEL) +
    textPath(MARK, markLeft, MARGIN, PIXEL);
  drawing.stroke(letters, BLACK, OUTLINE_WIDTH, 0.62);
  drawing.path(letters, WHITE, 0.96);
  // Once a second, like the lamp of a recorder.
  const lampOn = Math.floor(shot.seconds * 2) % 2 === 0;
  drawing.path(disc(markLeft - 12, MARGIN + LETTER_HEIGHT / 2, 5), BLACK, 0.5);
  drawing.path(disc(markLeft - 12, MARGIN + LETTER_HEIGHT / 2, 4), RED, lampOn ? 1 : 0.35);
}

/** The darker corners of a cheap lens. */
export function drawVignette(drawing: Drawing): void {
  drawing.define(
    "vignette",
    `<radialGradient id="vignette" cx=".5" cy=".5" r=".75"><stop offset=".55" stop-opacity="0"/><stop offset="1" stop-opacity=".38"/></radialGradient>`,
  );
  drawing.path(box(0, 0, WIDTH, HEIGHT), "url(#vignette)");
}
