import pg from "pg";

import { urlInvalid } from "../errors.ts";

/** Where a PostgreSQL server is, and what messages call it: host, port and database, never a password. */
export type ServerAddress = { readonly connectionString: string; readonly name: string };

/**
 * What a `postgres://` url names; what it leaves out comes from PostgreSQL's own conventions (PGHOST, .pgpass, …).
 * @throws ArgusError ARGUS_STORE_URL_INVALID; it shows nothing of the url, for that may hold a password.
 */
export function serverAddress(url: string): ServerAddress {
  try {
    // Reads the url as the pool will; connects to nothing.
    const { host, port, database } = new pg.Client({ connectionString: url });
    return { connectionString: url, name: `postgres://${host}:${port}/${database ?? ""}` };
  } catch {
    throw urlInvalid("postgres:…", "give postgres://user:password@host:port/database, its special characters as %XX");
  }
}
