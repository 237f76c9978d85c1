import type { Log } from "@argus/core";

import { Connections } from "./connections.ts";
import { openError } from "./postgres-errors.ts";
import { inspectSchema } from "./schema.ts";
import { serverAddress } from "./server-address.ts";

/**
 * What messages call a database, and the version of its schema as it is, null where there is none. Changes nothing.
 * @throws ArgusError as openPostgresEngine.
 */
export async function peekPostgres(
  url: string,
  options: { busyTimeoutMs: number; log: Log },
): Promise<{ name: string; version: number | null }> {
  const { name, ...address } = serverAddress(url);
  const connections = new Connections({ name, ...address }, options);
  try {
    const { version } = await connections.use("read", (client) => inspectSchema(client, name));
    return { name, version };
  } catch (error) {
    throw openError(name, error);
  } finally {
    await connections.close();
  }
}
