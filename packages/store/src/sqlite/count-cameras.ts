import { openExisting } from "./copy-file.ts";
import { useThread } from "./database-thread.ts";
import { readNumber } from "./file-owner.ts";
import { readError } from "./sqlite-errors.ts";

/** How many cameras a registry's file holds, whatever version it is of. @throws ArgusError ARGUS_STORE_READ_FAILED, _CORRUPT. */
export async function countCamerasIn(path: string): Promise<number> {
  try {
    return await useThread(
      () => openExisting(path, true),
      (thread) => readNumber(thread, "select count(*) from cameras"),
    );
  } catch (error) {
    throw readError(path, error, "counting its cameras");
  }
}
