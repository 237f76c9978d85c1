import { type Light, lightOf } from "./light.ts";
import { localTime } from "./local-time.ts";
import type { Place } from "./places.ts";
import { hashText } from "./random.ts";
import { type Moon, moonPosition, type SkyPosition, solarPosition } from "./sun.ts";
import { type Weather, weatherOf } from "./weather.ts";

const RAD = Math.PI / 180;
const HORIZONTAL_VIEW_DEG = 76;
const SKY_HEIGHT_DEG = 52;
const URBAN: Readonly<Record<Place["scene"], number>> = {
  skyline: 1,
  square: 0.8,
  bridge: 0.8,
  harbour: 0.7,
  highway: 0.5,
  beach: 0.25,
  mountain: 0.05,
  polar: 0,
};

/** Everything a scene needs to know to draw one frame. */
export type Shot = {
  place: Place;
  timeMs: number;
  /** Seconds since 1970: the motion's clock. */
  seconds: number;
  /** The hour on the place's clocks, 0 to 24. */
  hour: number;
  /** The place's own number; whatever is invented about it starts here. */
  seed: number;
  sun: SkyPosition;
  moon: Moon;
  weather: Weather;
  light: Light;
};

/** The moment at the place: sun, moon, weather and light. */
export function shotOf(place: Place, timeMs: number): Shot {
  const sun = solarPosition(place.lat, place.lon, timeMs);
  const weather = weatherOf(place, timeMs);
  const facing = Math.cos((sun.azimuth - place.heading_deg) * RAD);
  return {
    place,
    timeMs,
    seconds: timeMs / 1000,
    hour: localTime(place.zone, timeMs).hour,
    seed: hashText(place.slug),
    sun,
    moon: moonPosition(place.lat, place.lon, timeMs),
    weather,
    light: lightOf(sun.elevation, facing, weather, URBAN[place.scene]),
  };
}

/** Where in the picture a point of the sky is, for a wide lens whose horizon is at `horizon`; it may lie outside. */
export function skyPoint(shot: Shot, at: SkyPosition, horizon: number): { x: number; y: number } {
  const aside = ((at.azimuth - shot.place.heading_deg + 540) % 360) - 180;
  return { x: 320 + (aside / HORIZONTAL_VIEW_DEG) * 640, y: horizon - (at.elevation / SKY_HEIGHT_DEG) * horizon };
}
