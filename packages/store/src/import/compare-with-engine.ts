import type { ListedCamera } from "@argus/core";

import { listingHash } from "../hash.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { CompareCameras, ComparedCounts } from "./preview-import.ts";

/** Compares cameras with those a database has, by the hash of what was told about them. */
export function compareWithEngine(engine: Pick<StoreEngine, "read">): CompareCameras {
  return async (cameras) => {
    const known = await hashesOf(engine, cameras);
    const counts: ComparedCounts = { new: 0, changed: 0, unchanged: 0 };
    for (const camera of cameras) counts[stateOf(camera, known.get(camera.id))] += 1;
    return counts;
  };
}

/** Null for the gone: bringing one back is a change. */
async function hashesOf(
  engine: Pick<StoreEngine, "read">,
  cameras: readonly ListedCamera[],
): Promise<Map<string, number | null>> {
  const ids = cameras.map(({ id }) => id);
  const rows = await engine.read("comparing an import", (db) =>
    db.selectFrom("cameras").select(["id", "listing_hash", "gone_at"]).where("id", "in", ids).execute(),
  );
  return new Map(rows.map(({ id, listing_hash, gone_at }) => [id, gone_at === null ? listing_hash : null]));
}

function stateOf(camera: ListedCamera, known: number | null | undefined): keyof ComparedCounts {
  if (known === undefined) return "new";
  return known === listingHash(camera) ? "unchanged" : "changed";
}
