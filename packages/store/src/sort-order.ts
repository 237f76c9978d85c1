import type { CameraQuery, CameraSort } from "@argus/core";

export type SortKey = string | number;

/** An order of cameras: by key, then by id; `reversed` turns both round. */
export type SortOrder = {
  /** What a cursor is bound to; for distances it holds the centre, without which a distance says nothing. */
  readonly name: string;
  readonly reversed: boolean;
  readonly keyType: "string" | "number";
};

/** The order a query asks for: `near` alone means nearest first, else by id. */
export function sortOrderOf({ sort, near }: Pick<CameraQuery, "sort" | "near">): SortOrder {
  const name: CameraSort = sort ?? (near === undefined ? "id" : "distance");
  if (name === "distance") {
    // The schema refuses `distance` without `near`; without a centre all are equally far, and the id decides.
    return order(near === undefined ? name : `near@${near.lon},${near.lat}`, "number");
  }
  // By id there is no other key: the id that breaks ties decides all.
  return order(name, name.endsWith("id") ? "number" : "string");
}

function order(name: string, keyType: SortOrder["keyType"]): SortOrder {
  return { name, reversed: name.startsWith("-"), keyType };
}
