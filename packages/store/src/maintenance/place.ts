import { silentLog } from "@argus/core";

import { noDatabase, schemaOlder, urlInvalid } from "../errors.ts";
import { readLocation, type StoreLocation } from "../location.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { openEngine } from "../open-engine.ts";
import { peekSqlite } from "../sqlite/peek.ts";
import type { StoreEngine } from "../store-engine.ts";

/** How long a lock that another program holds is waited for, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;
const OPTIONS = { busyTimeoutMs: BUSY_TIMEOUT_MS, log: silentLog };

/** Where a database is: anywhere but in memory. */
export type Place = Exclude<StoreLocation, { engine: "memory" }>;

/** @throws ArgusError ARGUS_STORE_URL_INVALID. */
export function placeOf(url: string): Place {
  const place = readLocation(url);
  if (place.engine === "memory") throw urlInvalid("memory", "what is in memory only cannot be looked after");
  return place;
}

/** What messages call a database, and the version of its schema; null where there is none. */
export async function peek(place: Place): Promise<{ name: string; version: number | null }> {
  if (place.engine === "sqlite") return { name: place.path, version: await peekSqlite(place.path, OPTIONS) };
  const { peekPostgres } = await import("../postgres/peek.ts");
  return peekPostgres(place.url, OPTIONS);
}

/** Makes what is not there, and brings up to date what is old. */
export async function open(place: Place): Promise<StoreEngine & AsyncDisposable> {
  const engine = await openEngine(place, OPTIONS);
  return Object.assign(engine, { [Symbol.asyncDispose]: () => engine.close() });
}

/**
 * Opens a database that is there and up to date, and no other.
 * @throws ArgusError ARGUS_STORE_NO_DATABASE, ARGUS_STORE_SCHEMA_OLDER and what `CameraStore.connect` throws.
 */
export async function openCurrent(place: Place): Promise<StoreEngine & AsyncDisposable> {
  const { name, version } = await peek(place);
  if (version === null) throw noDatabase(name);
  if (version < SCHEMA_VERSION) throw schemaOlder(name, version, SCHEMA_VERSION);
  return open(place);
}
