import { distanceKm } from "@argus/core";

import type { Look } from "./look.ts";
import { nameSimilarity } from "./similar-names.ts";

/** Two cameras of the same view are no farther apart. */
export const SAME_PLACE_KM = 0.06;
/** Nor look in directions that differ by more. */
const SAME_HEADING_DEG = 20;
/** How alike names must be where both headings are known, and where neither is. */
const ALIKE = { headed: 0.5, headless: 0.75 };
/** What separates cameras of one spot whose names are the same: up to so much for the distance, and for the direction. */
const WEIGHT = { distance: 0.1, heading: 0.1 };
/** The same picture outweighs everything else. */
const SAME_PICTURE = 2;

/** What two cameras are known to share before their names are looked at. */
export type Meeting = { readonly isNear: boolean; readonly sharesUrl: boolean };

/**
 * How sure it is that two cameras show the same view: null when they are not alike, from SAME_PICTURE on when they have
 * the same picture's URL. Comparable among all pairs.
 */
export function likeness(a: Look, b: Look, { isNear, sharesUrl }: Meeting): number | null {
  if (sharesUrl) return SAME_PICTURE + nameSimilarity(a, b) - distancePart(a, b);
  const apart = headingsApart(a, b);
  if (!isNear || apart === null || apart > SAME_HEADING_DEG) return null;
  const similarity = nameSimilarity(a, b);
  if (similarity < (a.heading_deg === null ? ALIKE.headless : ALIKE.headed)) return null;
  return similarity - distancePart(a, b) - (apart / SAME_HEADING_DEG) * WEIGHT.heading;
}

export function isSamePicture(score: number): boolean {
  return score >= SAME_PICTURE - WEIGHT.distance;
}

/** Degrees between two directions; 0 when neither is known, null when only one is. */
function headingsApart(a: Look, b: Look): number | null {
  if (a.heading_deg === null || b.heading_deg === null) return a.heading_deg === b.heading_deg ? 0 : null;
  const apart = Math.abs(a.heading_deg - b.heading_deg);
  return Math.min(apart, 360 - apart);
}

function distancePart(a: Look, b: Look): number {
  if (a.lat === null || a.lon === null || b.lat === null || b.lon === null) return WEIGHT.distance;
  const km = distanceKm({ lat: a.lat, lon: a.lon }, { lat: b.lat, lon: b.lon });
  return Math.min(1, km / SAME_PLACE_KM) * WEIGHT.distance;
}
