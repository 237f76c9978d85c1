import { box, Drawing, HEIGHT, n, WIDTH } from "./drawing.ts";
import { drawOverlay } from "./osd.ts";
import type { Place, SceneKind } from "./places.ts";
import { hash01 } from "./random.ts";
import { beach } from "./scenes/beach.ts";
import { bridge } from "./scenes/bridge.ts";
import { harbour } from "./scenes/harbour.ts";
import { highway } from "./scenes/highway.ts";
import { mountain } from "./scenes/mountain.ts";
import { polar } from "./scenes/polar.ts";
import type { Scene } from "./scenes/scene.ts";
import { skyline } from "./scenes/skyline.ts";
import { square } from "./scenes/square.ts";
import { type Shot, shotOf } from "./shot.ts";
import { drawSky } from "./sky.ts";

const RAIN_DROPS = 130;
const SNOW_FLAKES = 150;

const SCENES: Readonly<Record<SceneKind, Scene>> = {
  beach,
  bridge,
  harbour,
  highway,
  mountain,
  polar,
  skyline,
  square,
};

/**
 * What a camera sees at a time, as an SVG of 640 × 360 without text elements or outside references.
 * Pure: the same place and time (milliseconds since 1970) give the same text.
 */
export function renderScene(place: Place, timeMs: number): string {
  const shot = shotOf(place, timeMs);
  const scene = SCENES[place.scene];
  const drawing = new Drawing();
  drawSky(drawing, shot, scene.horizon);
  scene.draw(drawing, shot);
  drawFog(drawing, shot, scene.horizon);
  drawFalling(drawing, shot);
  drawOverlay(drawing, shot);
  return drawing.toString();
}

function drawFog(drawing: Drawing, shot: Shot, horizon: number): void {
  const density = shot.weather.fog * 0.8 + (shot.weather.rain + shot.weather.snow) * 0.25;
  if (density < 0.02) return;
  const { low } = shot.light;
  const middle = (horizon / HEIGHT) * 0.98;
  const stops = [
    [0, low, density * 0.4],
    [middle, low, density],
    [1, low, density * 0.22],
  ] as const;
  drawing.path(box(0, 0, WIDTH, HEIGHT), drawing.gradient(stops));
}

function drawFalling(drawing: Drawing, shot: Shot): void {
  const { rain, snow, wind } = shot.weather;
  if (rain > 0.05)
    drawing.stroke(
      fallingPath(shot, RAIN_DROPS * rain, 620, () => `l${n(wind * 4)} 17`),
      [215, 225, 235],
      0.8,
      0.3,
    );
  if (snow > 0.05)
    drawing.stroke(
      fallingPath(shot, SNOW_FLAKES * snow, 70, () => "h0.1"),
      [250, 252, 255],
      2.2,
      0.75,
    );
}

function fallingPath(shot: Shot, count: number, speed: number, mark: () => string): string {
  let path = "";
  for (let drop = 0; drop < count; drop += 1) {
    const fallen = shot.seconds * speed * (0.7 + 0.6 * hash01(51, drop)) + hash01(52, drop) * 4000;
    const lap = Math.floor(fallen / (HEIGHT + 40));
    const y = fallen - lap * (HEIGHT + 40) - 20;
    const x = hash01(drop, lap) * (WIDTH + 160) - 80 + shot.weather.wind * y * 0.25;
    path += `M${n(x)} ${n(y)}${mark()}`;
  }
  return path;
}
