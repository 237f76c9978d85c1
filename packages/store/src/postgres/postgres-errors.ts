import { type ArgusError, isArgusError } from "@argus/core";

import { corrupt, locked, openFailed, readFailed, writeFailed } from "../errors.ts";

/** What an error means, whoever meets it: how to mend it, and whether it may pass by itself. */
type Meaning = { readonly mend: string; readonly retryable: boolean };

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const RETRIED: ReadonlySet<string> = new Set(["40001", "40P01"]);
const LOCK_NOT_AVAILABLE = "55P03";
const DAMAGED: ReadonlySet<string> = new Set(["XX001", "XX002"]);
const LOST: ReadonlySet<string> = new Set(["57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "53300"]);
const CONNECTION_CLASS = "08";
const UNREACHABLE: Meaning = { mend: "the server cannot be reached; see that it runs, and try again", retryable: true };
const MEANINGS: Readonly<Record<string, Meaning>> = {
  "57P01": { mend: "the server ended the connection; try again", retryable: true },
  "57P02": { mend: "the server stopped; see that it runs, and try again", retryable: true },
  "57P03": { mend: "the server is starting up or shutting down; try again in a moment", retryable: true },
  "57P05": { mend: "the server ended the connection; try again", retryable: true },
  "25P03": { mend: "the server ended a transaction that had stood still; try again", retryable: true },
  "25P04": { mend: "the server ended a transaction that took too long; try again", retryable: true },
  "53300": { mend: "the server has no connection left; raise its max_connections, or try again", retryable: true },
  "53100": { mend: "free some space on the server's disk", retryable: true },
  "53200": { mend: "the server is out of memory; try again", retryable: true },
  "57014": { mend: "it took too long for the server; try again", retryable: true },
  "40001": { mend: "it gave way to another program again and again; try again", retryable: true },
  "40P01": { mend: "it gave way to another program again and again; try again", retryable: true },
  "28P01": { mend: "the server refused user and password; correct them in the url", retryable: false },
  "28000": { mend: "the server refused this user; correct the url, or the server's pg_hba.conf", retryable: false },
  "3D000": { mend: "there is no such database; create it, or correct the url", retryable: false },
  "3F000": { mend: "there is no such schema; create it, or correct the search_path", retryable: false },
  "42501": { mend: "this user may not do that; grant it the right, or name another user", retryable: false },
  "25006": { mend: "the server only lets read; name the primary, not a standby", retryable: false },
  "42P01": { mend: "a table of Argus is gone; restore a backup", retryable: false },
};
// Of Node's own errors; a library may wrap them.
const NETWORK = /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|EADDR|ENOENT$|EACCES$)/u;
const CERTIFICATE = /CERT|SIGNATURE|TLS|SSL|ALTNAME/u;
// `pg` has no codes for these.
const LOST_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout|timeout expired/u;
const NO_TLS_MESSAGE = /does not support SSL|establishing an SSL/u;

/** What PostgreSQL's error means to someone who opens a registry. */
export function openError(name: string, error: unknown): ArgusError {
  if (isArgusError(error)) return error;
  const { mend } = meaningOf(error) ?? { mend: messageOf(error) };
  return openFailed(name, mend, error);
}

/** What PostgreSQL's error means to someone who reads. */
export function readError(name: string, error: unknown, doing: string): ArgusError {
  return sharedError(name, error, doing) ?? readFailed(name, doing, error, meaningOf(error) ?? {});
}

/** What PostgreSQL's error means to someone who writes. */
export function writeError(name: string, error: unknown, doing: string): ArgusError {
  const known = sharedError(name, error, doing);
  if (known !== null) return known;
  const { mend, retryable } = meaningOf(error) ?? { mend: "the cause says why", retryable: false };
  return writeFailed(name, doing, mend, { retryable, cause: error });
}

function sharedError(name: string, error: unknown, doing: string): ArgusError | null {
  if (isArgusError(error)) return error;
  const code = codeOf(error);
  if (code === LOCK_NOT_AVAILABLE) return locked(name, doing, error);
  return DAMAGED.has(code) ? corrupt(name, doing, error) : null;
}

/** Whether the whole transaction may simply be run again. */
export function isRetried(error: unknown): boolean {
  return RETRIED.has(codeOf(error));
}

/** Whether the connection is not to be used again. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (LOST.has(code) || code.startsWith(CONNECTION_CLASS) || NETWORK.test(code)) return true;
  return (
    LOST_MESSAGE.test(messageOf(error)) || (error instanceof AggregateError && error.errors.some(isConnectionLost))
  );
}

function meaningOf(error: unknown): Meaning | null {
  const code = codeOf(error);
  const known = MEANINGS[code];
  if (known !== undefined) return known;
  if (CERTIFICATE.test(code)) {
    return { mend: `its certificate was not accepted (${code}); name its authority in sslrootcert`, retryable: false };
  }
  if (NO_TLS_MESSAGE.test(messageOf(error))) {
    return { mend: "the server speaks no TLS; leave sslmode out of the url", retryable: false };
  }
  return isConnectionLost(error) ? UNREACHABLE : null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
