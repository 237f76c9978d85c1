import type { Camera, IsoTime, ListedCamera } from "@argus/core";

import { LISTED_KEYS } from "../camera-record.ts";
import { listingHash } from "../hash.ts";
import { laterOf } from "../last-seen.ts";
import { type Change, NO_CHANGE, type Written } from "./change.ts";
import type { Knowledge } from "./knowledge.ts";

/** Cameras looked up at once. */
const PORTION = 1000;

/**
 * What a store was given before it had its database, as a change of the database's registry. Each camera is written
 * as memory tells it; what health checks and AI found out is for the caller to carry over.
 */
export async function* mergeChanges(
  knowledge: Knowledge,
  cameras: readonly Camera[],
  at: IsoTime,
): AsyncGenerator<Change, void> {
  const added: Written[] = [];
  const changed: Written[] = [];
  for (let from = 0; from < cameras.length; from += PORTION) {
    const portion = cameras.slice(from, from + PORTION);
    const known = await knowledge.find(portion.map(({ id }) => id));
    const pks = known.flatMap((one) => (one === null ? [] : [one.pk]));
    const seen = new Map((await knowledge.lastSeen(pks)).map((one) => [one.pk, one.last_seen_at]));
    portion.forEach((camera, n) => {
      const pk = known[n]?.pk;
      const storedAt = pk === undefined ? undefined : seen.get(pk);
      const last_seen_at = storedAt === undefined ? camera.last_seen_at : laterOf(storedAt, camera.last_seen_at);
      const { first_seen_at, gone_at } = camera;
      const listed = listingOf(camera);
      const row = { listed, listing_hash: listingHash(listed), times: { first_seen_at, last_seen_at, gone_at } };
      if (pk === undefined) added.push({ ...row, pk: knowledge.greatestPk() + added.length + 1 });
      else changed.push({ ...row, pk });
    });
  }
  yield { ...NO_CHANGE, at, added, changed };
}

function listingOf(camera: Camera): ListedCamera {
  return Object.fromEntries(LISTED_KEYS.map((key) => [key, camera[key]])) as ListedCamera;
}
