import { notEmpty } from "../errors.ts";
import { countCamerasIn } from "../sqlite/count-cameras.ts";
import { restoreSqlite } from "../sqlite/restore.ts";
import { type Copied, copyOptions, type MaintenanceOptions } from "./copied.ts";
import { countCameras } from "./count-cameras.ts";
import { openCurrent, peek, type Place, placeOf } from "./place.ts";

export type RestoreOptions = MaintenanceOptions & {
  /** Also where there are cameras. */
  overwrite?: boolean;
};

/** `kept`: what the file that was there before is called now. */
export type Restored = Copied & { kept: string | null };

/**
 * Puts what a backup holds in a database's place, once it is verified; nobody may have that open.
 * @throws ArgusError ARGUS_STORE_NOT_EMPTY, ARGUS_STORE_LOCKED, for the backup ARGUS_STORE_OPEN_FAILED,
 * _NOT_A_DATABASE, _FOREIGN_DATABASE, _SCHEMA_NEWER, _CORRUPT; the signal's reason. Then nothing has changed.
 */
export async function restoreDatabase(url: string, file: string, options: RestoreOptions = {}): Promise<Restored> {
  const place = placeOf(url);
  return place.engine === "sqlite" ? restoreFile(place.path, file, options) : restoreServer(place, file, options);
}

async function restoreServer(
  place: Extract<Place, { engine: "postgres" }>,
  file: string,
  options: RestoreOptions,
): Promise<Restored> {
  const { restorePostgres } = await import("../postgres/restore.ts");
  await restorePostgres(file, place.url, { ...copyOptions(options), overwrite: options.overwrite ?? false });
  await using engine = await openCurrent(place);
  return { database: engine.name, cameras: await countCameras(engine), kept: null };
}

async function restoreFile(path: string, file: string, options: RestoreOptions): Promise<Restored> {
  // What is there may be damaged, and restoring is what mends that: looked at only where it must not be replaced.
  if (options.overwrite !== true) await refuseCameras(path);
  const { kept } = await restoreSqlite(file, path, { ...copyOptions(options), overwrite: true });
  return { database: path, cameras: await countCamerasIn(path), kept };
}

async function refuseCameras(path: string): Promise<void> {
  const { version } = await peek({ engine: "sqlite", path });
  const cameras = version === null || version === 0 ? 0 : await countCamerasIn(path);
  if (cameras > 0) throw notEmpty(path, cameras);
}
