import { type Log, silentLog } from "@argus/core";

import { SCHEMA_VERSION } from "../migrations/all.ts";
import type { StoreEngine } from "../store-engine.ts";
import { ChangeListener } from "./change-listener.ts";
import { Connections } from "./connections.ts";
import { PostgresEngine } from "./postgres-engine.ts";
import { openError } from "./postgres-errors.ts";
import { inspectSchema, migrateSchema } from "./schema.ts";
import { serverAddress } from "./server-address.ts";

export type PostgresOptions = {
  log?: Log;
  /** How long to wait for another program's lock, in milliseconds. */
  busyTimeoutMs: number;
};

/**
 * Connects to a PostgreSQL database (14 or newer) and brings its schema up to date. Nothing is written to one that is
 * refused. A connection that is lost later is made anew by itself; until then reads and writes fail and are retryable.
 * @throws ArgusError ARGUS_STORE_URL_INVALID, _FOREIGN_DATABASE, _SCHEMA_NEWER, _OPEN_FAILED.
 */
export async function openPostgresEngine(url: string, options: PostgresOptions): Promise<StoreEngine> {
  const { log = silentLog, busyTimeoutMs } = options;
  const address = serverAddress(url);
  const connections = new Connections(address, { log, busyTimeoutMs });
  try {
    const { schema } = await connections.use("write", async (client) => {
      const found = await inspectSchema(client, address.name);
      if (found.version !== SCHEMA_VERSION) await migrateSchema(client);
      return found;
    });
    const listener = new ChangeListener(connections, { log, schema });
    await listener.start();
    return new PostgresEngine(address.name, connections, listener, busyTimeoutMs);
  } catch (error) {
    await connections.close();
    throw openError(address.name, error);
  }
}
