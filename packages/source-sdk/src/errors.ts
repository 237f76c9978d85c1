import { ArgusError } from "@argus/core";

/** A definition that is no source. */
export function invalidSource(what: string, mend: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_INVALID", `${what} is not valid: ${mend}`);
}
