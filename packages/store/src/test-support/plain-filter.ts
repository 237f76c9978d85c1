import { bboxContains, type Camera, type CameraFilter, distanceKm } from "@argus/core";

import { matchesTerms, searchTerms, searchTokens } from "../search/terms.ts";

/** Whether a filter selects a camera, asked of the camera itself: what indexes and databases are measured against. */
export function selects(filter: CameraFilter, camera: Camera): boolean {
  const { gone = "no", tag, bbox, near, q } = filter;
  const { lat, lon } = camera;
  const position = lat === null || lon === null ? null : { lat, lon };
  return [
    gone === "any" || (gone === "yes") === (camera.gone_at !== null),
    filter.duplicates !== "hide" || camera.duplicate_of === null,
    isAnyOf(filter.source, camera.source_id),
    isAnyOf(filter.country, camera.country),
    isAnyOf(filter.region, camera.region),
    isAnyOf(filter.city, camera.city),
    isAnyOf(filter.kind, camera.stream_kind),
    isAnyOf(filter.health, camera.health_status),
    tag === undefined || camera.tags.some((each) => tag.includes(each)),
    bbox === undefined || (position !== null && bboxContains(bbox, position)),
    near === undefined || (position !== null && distanceKm(near, position) <= near.km),
    q === undefined || hasWords(camera, q),
  ].every(Boolean);
}

function isAnyOf(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function hasWords(camera: Camera, q: string): boolean {
  const terms = searchTerms(q);
  return terms !== null && matchesTerms(searchTokens(camera), terms);
}
