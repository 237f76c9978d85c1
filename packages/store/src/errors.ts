import { ArgusError, showValue } from "@argus/core";

export function notADatabase(path: string, why: string): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_NOT_A_DATABASE",
    `${path} is not a SQLite database (${why}); it was left as it is. Name another file, or move this one away`,
    { details: { path } },
  );
}

export function foreignDatabase(path: string): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_FOREIGN_DATABASE",
    `${path} is a SQLite database of another program; nothing was written to it. Name another file`,
    { details: { path } },
  );
}

export function foreignTables(name: string, table: string): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_FOREIGN_DATABASE",
    `${name} has a table ${table} of another program; nothing was written to it. Name another database, or a schema of its own in the url: ?options=-csearch_path%3D<schema>`,
    { details: { path: name, table } },
  );
}

export function schemaNewer(path: string, found: number, known: number): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_SCHEMA_NEWER",
    `${path} has schema version ${found}, and this program knows versions up to ${known}; run a newer Argus, or restore a backup made before the upgrade`,
    { details: { path, found, known } },
  );
}

export function schemaOlder(path: string, found: number, known: number): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_SCHEMA_OLDER",
    `${path} has schema version ${found}, and this program works with version ${known}; bring it up to date first (argus db migrate)`,
    { details: { path, found, known } },
  );
}

export function notEmpty(path: string, cameras: number): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_NOT_EMPTY",
    `${path} holds ${cameras} cameras, which the backup's would replace; allow that (--overwrite), or name another database`,
    { details: { path, cameras } },
  );
}

export function notEmptyServer(name: string, table: string): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_NOT_EMPTY",
    `${name} has rows in ${table}, which the backup's would replace; allow that (--overwrite), or name another database, or a new schema in the url: ?options=-csearch_path%3D<schema>`,
    { details: { path: name, table } },
  );
}

export function noDatabase(path: string): ArgusError {
  return new ArgusError("ARGUS_STORE_NO_DATABASE", `there is no registry at ${path}; name another database`, {
    details: { path },
  });
}

export function openFailed(path: string, why: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_STORE_OPEN_FAILED", `${path} could not be opened: ${why}`, { details: { path }, cause });
}

export function locked(path: string, doing: string, cause?: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_LOCKED",
    `${path} is locked by another program while ${doing}; try again, or stop that program`,
    { retryable: true, details: { path }, cause },
  );
}

export function serverInUse(name: string, connections: number): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_LOCKED",
    `${name} is open in other programs (${connections} connections) and nothing was put in its place; stop the Argus servers that use it`,
    { retryable: true, details: { path: name, connections } },
  );
}

export function corrupt(path: string, doing: string, cause: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_CORRUPT",
    `${path} is damaged, found while ${doing}; restore a backup, or move the file away and scrape anew`,
    { details: { path }, cause },
  );
}

export function readFailed(
  path: string,
  doing: string,
  cause: unknown,
  { mend, retryable = false }: { mend?: string; retryable?: boolean } = {},
): ArgusError {
  const message = `${path} could not be read while ${doing}`;
  return new ArgusError("ARGUS_STORE_READ_FAILED", mend === undefined ? message : `${message}; ${mend}`, {
    retryable,
    details: { path },
    cause,
  });
}

export function writeFailed(
  path: string,
  doing: string,
  mend: string,
  options: { retryable: boolean; cause: unknown },
): ArgusError {
  return new ArgusError("ARGUS_STORE_WRITE_FAILED", `${path} was not changed: ${doing} failed; ${mend}`, {
    retryable: options.retryable,
    cause: options.cause,
    details: { path },
  });
}

export function urlInvalid(shown: string, why: string): ArgusError {
  return new ArgusError("ARGUS_STORE_URL_INVALID", `store url ${shown} is not valid: ${why}`);
}

export function cursorInvalid(cursor: string, why: string): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_CURSOR_INVALID",
    `cursor ${showValue(cursor)} ${why}; use a next_cursor as it was given, or leave it out for the first page`,
  );
}

export function storeClosed(): ArgusError {
  return new ArgusError("ARGUS_STORE_CLOSED", "the store is closed; make a new one");
}

export function storeBusy(waiting: number, what: "writes" | "requests" = "writes"): ArgusError {
  return new ArgusError("ARGUS_STORE_BUSY", `${waiting} ${what} wait already; await each before the next`, {
    retryable: true,
  });
}

export function outrun(doing: string): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_BUSY",
    `${doing} gave way to another program's writes again and again; try again`,
    {
      retryable: true,
    },
  );
}

export function threadLost(path: string, cause: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_THREAD_LOST",
    `the thread that works on ${path} ended unexpectedly, and a transaction it had open was rolled back; try again`,
    { retryable: true, details: { path }, cause },
  );
}

export function outcomeUnknown(path: string, doing: string, cause: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_OUTCOME_UNKNOWN",
    `contact with ${path} was lost at the very end of ${doing}: either all of it is stored or nothing; look, or do it again`,
    { retryable: true, details: { path }, cause },
  );
}

export function tileInvalid({ z, x, y }: { z: number; x: number; y: number }, maxZoom: number): ArgusError {
  return new ArgusError(
    "ARGUS_TILE_INVALID",
    `there is no tile ${z}/${x}/${y}: z is a whole number from 0 to ${maxZoom}, x and y are whole numbers from 0 to 2^z - 1`,
    { details: { z, x, y } },
  );
}

export function memoryLost(): ArgusError {
  return new ArgusError(
    "ARGUS_STORE_THREAD_LOST",
    "the thread that held the store in memory ended unexpectedly, and what it held is lost; make a new store",
  );
}

export function fileExists(path: string, mend: string): ArgusError {
  return new ArgusError("ARGUS_STORE_FILE_EXISTS", `${path} exists already, and was left as it is; ${mend}`, {
    details: { path },
  });
}
