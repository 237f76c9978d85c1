import { ArgusError, showValue } from "@argus/core";

export function importUnreadable(why: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_IMPORT_UNREADABLE", `the file was not read: ${why}`, { cause });
}

export function importTooLarge(what: string, most: string): ArgusError {
  return new ArgusError("ARGUS_IMPORT_TOO_LARGE", `the file has ${what}, and at most ${most} are taken; split it`);
}

export function importNotPreviewed(digest: string): ArgusError {
  return new ArgusError(
    "ARGUS_IMPORT_DIGEST",
    `the digest ${showValue(digest)} is not that of this file under these options; preview it, and send it as it was previewed`,
  );
}

export function importBadRows(count: number, first: readonly object[]): ArgusError {
  return new ArgusError(
    "ARGUS_IMPORT_BAD_ROWS",
    `${count === 1 ? "1 row" : `${count} rows`} cannot be stored, so nothing was; mend the file, or leave such rows out with skip_bad=yes`,
    { details: { count, first } },
  );
}
