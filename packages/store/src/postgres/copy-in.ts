import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** A server that takes no rows for so long is given up. */
const TIMEOUT_MS = 70_000;

/** Loads what COPY's text format says; `statement` is a `copy … from stdin`. */
export async function copyIn(client: pg.ClientBase, statement: string, text: string): Promise<void> {
  await pipeline(Readable.from([text]), client.query(copyFrom(statement)), { signal: AbortSignal.timeout(TIMEOUT_MS) });
}
