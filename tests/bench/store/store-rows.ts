import type { ListedCamera } from "@argus/core";

import type { SyntheticCameras } from "../../support/synthetic-cameras.ts";
// The bare inserts that the store is measured beside write rows exactly as the store makes them, and nothing else needs
// to know how that is: the one import of the store's inside.
import { listingHash, ROW_COLUMNS, rowValues } from "@argus/store/test-support";

export { ROW_COLUMNS };

export type Row = readonly (string | number | null)[];

const LISTED_AT = "2026-11-21T00:00:00.000Z";

/** New rows of some cameras: the values of ROW_COLUMNS, then the search tokens. */
export function newRows(cameras: SyntheticCameras, from: number, most: number): Row[] {
  const times = { first_seen_at: LISTED_AT, last_seen_at: LISTED_AT, gone_at: null };
  return parsed(cameras, from, from + most).map((camera, at) => {
    const pk = from + at + 1;
    return rowValues(camera, { pk, change_seq: pk, listing_hash: listingHash(camera) }, times);
  });
}

/** Some cameras as they come out of an origin's JSON, for texts put together in JavaScript are slower at first use. */
export function parsed(cameras: SyntheticCameras, from: number, to: number): ListedCamera[] {
  return JSON.parse(JSON.stringify(cameras.slice(from, to))) as ListedCamera[];
}
