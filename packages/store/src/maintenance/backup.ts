import { stat } from "node:fs/promises";

import { noDatabase } from "../errors.ts";
import { backupSqlite } from "../sqlite/backup.ts";
import { countCamerasIn } from "../sqlite/count-cameras.ts";
import { type Copied, copyOptions, type MaintenanceOptions } from "./copied.ts";
import { peek, placeOf } from "./place.ts";

/**
 * Copies everything a database holds into a new SQLite file, while others read and write it. The copy is verified.
 * @throws ArgusError ARGUS_STORE_FILE_EXISTS, ARGUS_STORE_NO_DATABASE, ARGUS_STORE_WRITE_FAILED and what
 * `CameraStore.connect` throws; the signal's reason. Then there is no new file.
 */
export async function backupDatabase(
  url: string,
  file: string,
  options: MaintenanceOptions = {},
): Promise<Copied & { bytes: number }> {
  const place = placeOf(url);
  const { name, version } = await peek(place);
  if (version === null) throw noDatabase(name);
  if (place.engine === "sqlite") await backupSqlite(place.path, file, copyOptions(options));
  else {
    const { backupPostgres } = await import("../postgres/backup.ts");
    await backupPostgres(place.url, file, copyOptions(options));
  }
  return { database: name, cameras: await countCamerasIn(file), bytes: (await stat(file)).size };
}
