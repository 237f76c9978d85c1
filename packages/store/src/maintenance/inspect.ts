import { SCHEMA_VERSION } from "../migrations/all.ts";
import type { EngineStats, StoreEngine } from "../store-engine.ts";
import { countCameras } from "./count-cameras.ts";
import { open, openCurrent, peek, placeOf } from "./place.ts";

/** What a database holds. */
export type DatabaseStats = EngineStats & {
  /** The file, or the server's address without its password. */
  database: string;
  engine: "sqlite" | "postgres";
  /** `health` counts those that are not gone. */
  cameras: { listed: number; gone: number; health: Record<string, number> };
};

/**
 * Makes a database's tables, or brings them up to date; `from` is 0 where there were none.
 * @throws ArgusError ARGUS_STORE_URL_INVALID and what `CameraStore.connect` throws.
 */
export async function migrateDatabase(url: string): Promise<{ database: string; from: number; to: number }> {
  const place = placeOf(url);
  const { name, version } = await peek(place);
  await using _engine = await open(place);
  return { database: name, from: version ?? 0, to: SCHEMA_VERSION };
}

/**
 * Looks for damage in all of a database; `problems` has a line for each.
 * @throws ArgusError ARGUS_STORE_NO_DATABASE, ARGUS_STORE_SCHEMA_OLDER and what `CameraStore.connect` throws.
 */
export async function checkDatabase(
  url: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ problems: string[]; cameras: number }> {
  await using engine = await openCurrent(placeOf(url));
  const problems = await engine.check(signal);
  return { problems, cameras: await countCameras(engine) };
}

/** Sizes and numbers. @throws as checkDatabase. */
export async function readDatabaseStats(url: string): Promise<DatabaseStats> {
  await using engine = await openCurrent(placeOf(url));
  const [stats, states] = [await engine.stats(), await readStates(engine)];
  const sum = (isGone: boolean): number =>
    states.filter((state) => state.isGone === isGone).reduce((total, { count }) => total + count, 0);
  const health = Object.fromEntries(states.filter(({ isGone }) => !isGone).map(({ status, count }) => [status, count]));
  const kind = engine.kind === "postgres" ? "postgres" : "sqlite";
  return { database: engine.name, engine: kind, ...stats, cameras: { listed: sum(false), gone: sum(true), health } };
}

/** How many cameras are gone or not and of which health, most first. */
async function readStates(engine: StoreEngine): Promise<{ isGone: boolean; status: string; count: number }[]> {
  const rows = await engine.read("counting the cameras", (db) =>
    db
      .selectFrom("cameras")
      .select((eb) => [
        eb.case().when("gone_at", "is", null).then(eb.lit(0)).else(eb.lit(1)).end().as("is_gone"),
        "health_status",
        eb.fn.countAll<number>().as("count"),
      ])
      .groupBy(["is_gone", "health_status"])
      .orderBy("count", "desc")
      .execute(),
  );
  return rows.map(({ is_gone, health_status, count }) => ({
    isGone: is_gone === 1,
    status: health_status,
    count,
  }));
}
