import type { Place } from "./places.ts";
import { hash01, hashText, smoothstep, wander } from "./random.ts";

const MS_PER_HOUR = 3_600_000;
const HOURS_PER_SPELL = 9;
const MS_PER_YEAR = 365.2422 * 24 * MS_PER_HOUR;
const COLD_LATITUDE = 40;

/** Invented weather, the same for everybody who looks at the same camera at the same time. All fields but the wind are 0 to 1. */
export type Weather = {
  /** Share of the sky under cloud. */
  cover: number;
  rain: number;
  snow: number;
  fog: number;
  /**
   * What hangs bends with it; -1 leftwards to 1 rightwards. Nothing may travel at its speed: a place reached by
   * multiplying the time since 1970 with a changing speed is a different one every time.
   */
  wind: number;
  /** Lying snow on the ground. */
  white: number;
};

const CLOUDINESS = { dry: -0.22, mild: 0, wet: 0.08 } as const;

/** How much winter it is: 0 in midsummer to 1 in midwinter, by the hemisphere. */
function winter(lat: number, timeMs: number): number {
  const yearAngle = ((timeMs % MS_PER_YEAR) / MS_PER_YEAR) * 2 * Math.PI;
  // Mid-January is coldest in the north.
  const cold = (1 + Math.cos(yearAngle - 0.25)) / 2;
  return lat >= 0 ? cold : 1 - cold;
}

/** The weather over a place; it changes over hours, and differs from day to day. */
export function weatherOf(place: Place, timeMs: number): Weather {
  const seed = hashText(place.slug);
  const spell = timeMs / MS_PER_HOUR / HOURS_PER_SPELL;
  const climate = place.climate ?? "mild";
  const cover = smoothstep(
    0.08,
    0.95,
    wander(seed, spell) * 0.75 + wander(seed + 1, spell * 3.7) * 0.25 + CLOUDINESS[climate],
  );
  const falling =
    climate === "dry" ? 0 : smoothstep(0.82, 1, cover) * smoothstep(0.35, 0.75, wander(seed + 2, spell * 5));
  const frost = smoothstep(
    0.6,
    0.85,
    winter(place.lat, timeMs) * smoothstep(COLD_LATITUDE - 6, COLD_LATITUDE + 18, Math.abs(place.lat)) * 1.15,
  );
  const cold = place.scene === "polar" ? 1 : frost;
  return {
    cover,
    rain: cold > 0.5 ? 0 : falling,
    snow: cold > 0.5 ? falling : 0,
    fog: climate === "dry" ? 0 : smoothstep(0.86, 1, wander(seed + 3, spell * 1.6)) * 0.8,
    // It blows from the same side for ever: what it carries would jump if it turned.
    wind: (hash01(seed, 4) < 0.5 ? -1 : 1) * (0.1 + 0.9 * wander(seed + 4, spell)),
    white: place.scene === "polar" ? 1 : frost * 0.9,
  };
}
