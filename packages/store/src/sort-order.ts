import { type CameraQuery, type CameraSort, distanceKm } from "@argus/core";

import type { CameraEntry } from "./camera-entry.ts";

export type SortKey = string | number;

/** An order of cameras: by key, then by id; `reversed` turns both round. */
export type SortOrder = {
  /** What a cursor is bound to; for distances it holds the centre, without which a distance says nothing. */
  readonly name: string;
  readonly reversed: boolean;
  readonly keyType: "string" | "number";
  keyOf(entry: CameraEntry): SortKey;
};

/** The order a query asks for: `near` alone means nearest first, else by id. */
export function sortOrderOf({ sort, near }: Pick<CameraQuery, "sort" | "near">): SortOrder {
  const name: CameraSort = sort ?? (near === undefined ? "id" : "distance");
  switch (name) {
    case "id":
    case "-id":
      // The id that breaks ties decides all.
      return order(name, "number", () => 0);
    case "name":
    case "-name":
      return order(name, "string", (entry) => entry.nameKey);
    case "first_seen_at":
    case "-first_seen_at":
      return order(name, "string", ({ camera }) => camera.first_seen_at);
    case "last_seen_at":
    case "-last_seen_at":
      return order(name, "string", ({ camera }) => camera.last_seen_at);
    case "distance":
      return distanceOrder(near);
  }
}

function order(name: string, keyType: SortOrder["keyType"], keyOf: SortOrder["keyOf"]): SortOrder {
  return { name, reversed: name.startsWith("-"), keyType, keyOf };
}

function distanceOrder(near: CameraQuery["near"]): SortOrder {
  // The schema refuses `distance` without `near`; without a centre all are equally far, and the id decides.
  if (near === undefined) return order("distance", "number", () => 0);
  return order(`near@${near.lon},${near.lat}`, "number", (entry) => distanceKm(near, entry));
}
