import { fileExists } from "../errors.ts";
import { type CopyOptions, copyRegistry, exists, removeDatabase, renameToNew, unfinished } from "./copy-file.ts";
import { checkPlace } from "./file-header.ts";

const MEND = "name another file, or move this one away";

/**
 * Copies a registry to a new file of its own, while others read and write it. The copy is checked, and on the disk,
 * before it has its name; it holds one state of the registry, that at the beginning.
 * @throws ArgusError ARGUS_STORE_FILE_EXISTS, ARGUS_STORE_WRITE_FAILED, ARGUS_STORE_OPEN_FAILED, _CORRUPT,
 * _NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER; the signal's reason. Then there is no new file.
 */
export async function backupSqlite(path: string, target: string, options: CopyOptions = {}): Promise<void> {
  if (await exists(target)) throw fileExists(target, MEND);
  checkPlace(target);
  const copy = unfinished(target);
  await copyRegistry(path, copy, options);
  if (await renameToNew(copy, target)) return;
  await removeDatabase(copy);
  throw fileExists(target, MEND);
}
