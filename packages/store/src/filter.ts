import { bboxContains, type CameraFilter, distanceKm, type Near, type Position } from "@argus/core";

import type { CameraEntry } from "./camera-entry.ts";
import { fold } from "./fold.ts";

/** Less than the length of a degree of latitude anywhere, so that nothing near is cut off. */
const KM_PER_DEGREE_AT_LEAST = 110.5;

export type Predicate = (entry: CameraEntry) => boolean;

/** The filter as one question about an entry; its cheap parts are asked first. */
export function compileFilter(filter: CameraFilter): Predicate {
  const parts = [...goneParts(filter), ...valueParts(filter), ...placeParts(filter), ...textParts(filter)];
  return (entry) => {
    for (const part of parts) if (!part(entry)) return false;
    return true;
  };
}

function goneParts({ gone = "no" }: CameraFilter): Predicate[] {
  if (gone === "any") return [];
  return [gone === "yes" ? ({ isGone }) => isGone : ({ isGone }) => !isGone];
}

function valueParts(filter: CameraFilter): Predicate[] {
  const tags = filter.tag && new Set(filter.tag);
  return [
    anyOf(filter.source, (entry) => entry.source),
    anyOf(filter.country, (entry) => entry.country),
    anyOf(filter.kind, (entry) => entry.kind),
    anyOf(filter.health, (entry) => entry.health),
    anyOf(filter.region, (entry) => entry.region),
    anyOf(filter.city, (entry) => entry.city),
    tags && (({ camera }: CameraEntry) => camera.tags.some((tag) => tags.has(tag))),
  ].filter((part) => part !== undefined);
}

function anyOf(
  values: readonly string[] | undefined,
  read: (entry: CameraEntry) => string | null,
): Predicate | undefined {
  if (values === undefined) return undefined;
  const wanted: ReadonlySet<string | null> = new Set(values);
  return (entry) => wanted.has(read(entry));
}

function placeParts({ bbox, near }: CameraFilter): Predicate[] {
  const parts: Predicate[] = [];
  if (bbox !== undefined) parts.push((entry) => bboxContains(bbox, entry));
  if (near !== undefined) parts.push((entry) => isNear(near, entry));
  return parts;
}

function textParts({ q }: CameraFilter): Predicate[] {
  if (q === undefined) return [];
  const words = fold(q)
    .split(/\s+/u)
    .filter((word) => word !== "");
  // Nothing but control characters and marks: no camera has that, and all of them would be a surprise.
  if (words.length === 0) return [() => false];
  return words.map(
    (word) =>
      ({ text }: CameraEntry) =>
        text.includes(word),
  );
}

function isNear(near: Near, position: Position): boolean {
  if (Math.abs(position.lat - near.lat) > near.km / KM_PER_DEGREE_AT_LEAST) return false;
  return distanceKm(near, position) <= near.km;
}
