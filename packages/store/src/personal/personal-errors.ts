import { ArgusError, type IsoTime, showValue } from "@argus/core";

const MAX_NAMED = 5;

export function camerasUnknown(ids: readonly string[]): ArgusError {
  const named = ids.slice(0, MAX_NAMED).map(showValue).join(", ");
  const rest = ids.length > MAX_NAMED ? ` and ${ids.length - MAX_NAMED} more` : "";
  return new ArgusError("ARGUS_CAMERA_UNKNOWN", `there is no camera ${named}${rest}`, {
    details: { ids: ids.slice(0, MAX_NAMED) },
  });
}

export function collectionUnknown(id: string): ArgusError {
  return new ArgusError("ARGUS_COLLECTION_UNKNOWN", `there is no collection ${showValue(id)}`);
}

export function collectionNameTaken(name: string): ArgusError {
  return new ArgusError(
    "ARGUS_COLLECTION_NAME_TAKEN",
    `there is a collection ${showValue(name)} already; names differ by more than case and accents`,
  );
}

export function wallUnknown(id: string): ArgusError {
  return new ArgusError("ARGUS_WALL_UNKNOWN", `there is no wall ${showValue(id)}`);
}

export function personalFull(what: string, most: number): ArgusError {
  return new ArgusError("ARGUS_PERSONAL_FULL", `there may be ${most} ${what}; remove one first`, { details: { most } });
}

export function changedMeanwhile(what: string, updatedAt: IsoTime | null): ArgusError {
  const now = updatedAt === null ? "it is not there now" : `it was last changed at ${updatedAt}`;
  return new ArgusError("ARGUS_PERSONAL_CONFLICT", `${what} was changed by somebody else: ${now}; read it again`, {
    details: { updated_at: updatedAt },
  });
}

export function personalInvalid(why: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_PERSONAL_INVALID", `the document was not merged: ${why}`, { cause });
}
