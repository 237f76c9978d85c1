import { silentLog } from "@argus/core";

import { schemaNewer } from "../errors.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { Connections } from "./connections.ts";
import { openError } from "./postgres-errors.ts";
import { readVersion } from "./schema.ts";
import { serverAddress } from "./server-address.ts";

const HAS_VERSION = `select from pg_tables where schemaname = current_schema() and tablename = 'argus_schema'`;

/**
 * What messages call a database, and the version of its schema as it is; null where nothing of Argus's is. Changes
 * nothing.
 * @throws ArgusError as openPostgresEngine.
 */
export async function peekPostgres(
  url: string,
  { busyTimeoutMs }: { busyTimeoutMs: number },
): Promise<{ name: string; version: number | null }> {
  const { connectionString, name } = serverAddress(url);
  const connections = new Connections({ connectionString, name }, { log: silentLog, busyTimeoutMs });
  try {
    const version = await connections.use("read", async (client) => {
      const { rows } = await client.query(HAS_VERSION);
      return rows.length === 0 ? null : readVersion(client);
    });
    if (version !== null && version > SCHEMA_VERSION) throw schemaNewer(name, version, SCHEMA_VERSION);
    return { name, version };
  } catch (error) {
    throw openError(name, error);
  } finally {
    await connections.close();
  }
}
