import type { Camera, ListedCamera } from "@argus/core";

import { LISTED_KEYS } from "./camera-record.ts";
import { urlHash } from "./hash.ts";
import { searchTokens } from "./search/terms.ts";
import type { RowValues } from "./store-engine.ts";

const OWN_COLUMNS = ["pk", "change_seq", "listing_hash", "stream_url_hash", "snapshot_url_hash"] as const;
const TIME_COLUMNS = ["first_seen_at", "last_seen_at", "gone_at"] as const;

/** What a new row is given. Everything else is at first unknown: `health_status` is 'unknown', the rest null. */
export const ROW_COLUMNS: readonly (
  | (typeof OWN_COLUMNS)[number]
  | keyof ListedCamera
  | (typeof TIME_COLUMNS)[number]
)[] = [...OWN_COLUMNS, ...LISTED_KEYS, ...TIME_COLUMNS];

/** What is replaced in a row when its source tells something new: `pk`, `id` and `first_seen_at` stay. */
export const UPDATED_COLUMNS: readonly (typeof ROW_COLUMNS)[number][] = ROW_COLUMNS.filter(
  (column) => column !== "pk" && column !== "id" && column !== "first_seen_at",
);

/** By what a camera is found to show the same view as others; what it was before is kept as `former_place`. */
export const PLACE_COLUMNS = ["lat", "lon", "stream_url_hash", "snapshot_url_hash"] as const;

type Times = Pick<Camera, (typeof TIME_COLUMNS)[number]>;

/** A listed camera as `WriteTransaction` takes it: ROW_COLUMNS, then its search tokens. */
export function rowValues(
  listed: ListedCamera,
  own: { pk: number; change_seq: number; listing_hash: number },
  times: Times,
): RowValues {
  const values: (string | number | null)[] = [
    own.pk,
    own.change_seq,
    own.listing_hash,
    urlHash(listed.stream_url),
    urlHash(listed.snapshot_url),
  ];
  for (const key of LISTED_KEYS) values.push(key === "tags" ? JSON.stringify(listed.tags) : listed[key]);
  values.push(times.first_seen_at, times.last_seen_at, times.gone_at, searchTokens(listed));
  return values;
}
