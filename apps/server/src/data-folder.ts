import { mkdir } from "node:fs/promises";

import { dataFolderUnusable } from "./errors.ts";

/** Makes the folder that data lives in, for this user alone. @throws ArgusError ARGUS_DATA_DIR_UNUSABLE. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw dataFolderUnusable(folder, error);
  }
}
