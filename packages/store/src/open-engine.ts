import type { Log } from "@argus/core";

import type { StoreLocation } from "./location.ts";
import { openSqliteEngine } from "./sqlite/open-sqlite-engine.ts";
import type { StoreEngine } from "./store-engine.ts";

/** The engine of a location, open and with its schema current. PostgreSQL's driver is loaded only where it is used. */
export async function openEngine(
  location: StoreLocation,
  options: { busyTimeoutMs: number; log: Log },
): Promise<StoreEngine> {
  if (location.engine === "postgres") {
    const { openPostgresEngine } = await import("./postgres/open-postgres-engine.ts");
    return openPostgresEngine(location.url, options);
  }
  return openSqliteEngine(location.engine === "sqlite" ? location.path : null, options);
}
