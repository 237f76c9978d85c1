import type { CameraQuery } from "@argus/core";

// Core has the same writer, but importing anything of core at run time brings zod along: too much for a page.
// The test holds this one against core's reader.
const LIST_KEYS = ["source", "country", "region", "city", "kind", "tag", "health", "collection"] as const;
const TEXT_KEYS = ["q", "favourite", "gone", "duplicates", "sort", "cursor"] as const;

/** The parameters of a camera query, as the server reads them; lists become repeated parameters. */
export function writeCameraParams(query: CameraQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of LIST_KEYS) for (const value of query[key] ?? []) params.append(key, value);
  for (const key of TEXT_KEYS) if (query[key] !== undefined) params.set(key, query[key]);
  if (query.bbox !== undefined) params.set("bbox", query.bbox.join(","));
  if (query.near !== undefined) params.set("near", `${query.near.lon},${query.near.lat},${query.near.km}`);
  if (query.limit !== undefined) params.set("limit", String(query.limit));
  return params;
}
