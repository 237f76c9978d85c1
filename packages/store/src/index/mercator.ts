/** The world's width and height in units of a whole number of 32 bits: 9 mm at the equator. */
const WORLD = 2 ** 32;
const LAST = WORLD - 1;
const RADIANS = Math.PI / 180;

/** Web mercator (EPSG:3857) as map tiles use it: from the antimeridian eastwards, 0 to 2³² - 1. */
export function mercatorX(lon: number): number {
  return clamp(((lon + 180) / 360) * WORLD);
}

/** From 85.0511° N southwards, 0 to 2³² - 1; what lies beyond is put on the edge. */
export function mercatorY(lat: number): number {
  const sine = Math.sin(lat * RADIANS);
  return clamp((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD);
}

/** The meridian a unit begins at. */
export function lonOfX(x: number): number {
  return (x / WORLD) * 360 - 180;
}

/** The parallel a unit begins at; the poles belong to the edges. */
export function latOfY(y: number): number {
  if (y <= 0) return 90;
  return y >= WORLD ? -90 : Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) / RADIANS;
}

function clamp(units: number): number {
  return Math.min(LAST, Math.max(0, Math.floor(units)));
}
