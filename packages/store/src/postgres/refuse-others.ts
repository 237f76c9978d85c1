import { silentLog } from "@argus/core";

import { serverInUse } from "../errors.ts";
import { Connections } from "./connections.ts";
import { openError } from "./postgres-errors.ts";
import { serverAddress } from "./server-address.ts";

// Those of another user are seen only by one who may; whoever restores should be the servers' own user.
const OTHERS = `select count(*) as count from pg_stat_activity where datname = current_database()
  and application_name = current_setting('application_name') and pid <> pg_backend_pid()`;

/**
 * Makes sure that no other Argus is connected to the database.
 * @throws ArgusError ARGUS_STORE_LOCKED and what openPostgresEngine throws.
 */
export async function refuseOthers(url: string, { busyTimeoutMs }: { busyTimeoutMs: number }): Promise<void> {
  const address = serverAddress(url);
  const connections = new Connections(address, { log: silentLog, busyTimeoutMs });
  try {
    const { rows } = await connections.use("read", (client) => client.query<{ count: number }>(OTHERS));
    const others = rows[0]?.count ?? 0;
    if (others > 0) throw serverInUse(address.name, others);
  } catch (error) {
    throw openError(address.name, error);
  } finally {
    await connections.close();
  }
}
