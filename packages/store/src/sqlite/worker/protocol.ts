/*
 * What the main thread and a database thread say to each other. The thread's program runs in plain Node, in source as
 * when built: nothing it imports at run time may name another package but better-sqlite3.
 */

/** What SQLite takes and gives. */
export type Value = string | number | bigint | null | Uint8Array;

export type OpenRequest = {
  readonly kind: "open";
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly mustExist: boolean;
  readonly readOnly: boolean;
  /** How long SQLite itself waits for a lock, in milliseconds. */
  readonly lockWaitMs: number;
  /** Run in this order. */
  readonly pragmas: readonly string[];
};

/** One statement; `within`: only if nothing in the transaction has failed. */
export type QueryRequest = {
  readonly kind: "query";
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly within: boolean;
};

/** All statements for all rows, within a transaction; `columns` are the places in a row of a statement's parameters. */
export type EachRequest = {
  readonly kind: "each";
  readonly statements: readonly { readonly sql: string; readonly columns: readonly number[] }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/** A statement of which only the rows matter, each an array. */
export type RowsRequest = { readonly kind: "rows"; readonly sql: string; readonly parameters: readonly Value[] };

/** A statement whose one value is a blob of whole numbers of 32 bits, in decimal with commas between, or null. */
export type NumbersRequest = { readonly kind: "numbers"; readonly sql: string; readonly parameters: readonly Value[] };

/** Copies the open database to a new file, page by page; each step is told. */
export type BackupRequest = { readonly kind: "backup"; readonly target: string };

export type Request =
  | OpenRequest
  | QueryRequest
  | EachRequest
  | RowsRequest
  | NumbersRequest
  | BackupRequest
  | { readonly kind: "begin" }
  | { readonly kind: "commit" }
  | { readonly kind: "rollback" }
  | { readonly kind: "close" };

/** `columns` is null for a statement that returns no rows. */
export type QueryAnswer = {
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly Value[])[];
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
};

/** The answer that goes with each kind of request. */
export type Answers = {
  open: null;
  query: QueryAnswer;
  /** How many rows the first statement changed. */
  each: number;
  rows: Value[][];
  numbers: Uint32Array<ArrayBuffer>;
  backup: null;
  begin: Versions;
  commit: null;
  rollback: null;
  close: null;
};

/** An error as it survives the way between threads. */
export type Failure = { readonly message: string; readonly code: string; readonly stack: string };

/** SQLite's count of other connections' commits, and the version of the schema. */
export type Versions = { readonly data: number; readonly schema: number };

export type BackupProgress = { readonly done: number; readonly total: number };

export type ToThread = { readonly id: number; readonly request: Request };

export type FromThread =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly progress: BackupProgress };
