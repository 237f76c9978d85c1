import type { Kysely } from "kysely";

import type { IndexValues } from "./index-row.ts";
import type { CommonTerm } from "./search/common-terms.ts";
import type { SearchTerm } from "./search/terms.ts";
import type { Tables } from "./tables.ts";

/** Values of a new row, in the order of ROW_COLUMNS, followed by its search tokens (search/terms.ts). */
export type RowValues = readonly (string | number | null)[];

/**
 * All that differs between database engines, once one is open and its schema is current. Errors come out as the store's
 * own (errors.ts); `doing` completes "… while <doing>".
 */
export type StoreEngine = {
  readonly kind: "memory" | "sqlite" | "postgres";
  /** The file, or the server's address without its password: what messages call it. */
  readonly name: string;
  /** Reads what is committed; neither waits for a write under way nor blocks the event loop. */
  read<Result>(doing: string, task: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * One transaction that no other writer of any program can come between: committed and on disk when this resolves,
   * rolled back when `task` throws. While another program holds the lock it is tried again, up to the busy timeout.
   */
  write<Result>(doing: string, task: (transaction: WriteTransaction) => Promise<Result>): Promise<Result>;
  /** The pks of cameras, gone ones included, whose tokens hold all terms; in no particular order. */
  search(terms: readonly SearchTerm[], signal?: AbortSignal): Promise<Uint32Array>;
  /**
   * The terms that at least `least` cameras hold, where searching for those takes longer than for others. Takes seconds
   * for a million cameras, and is in nobody's way.
   */
  commonTerms?(least: number, signal: AbortSignal): AsyncIterable<CommonTerm>;
  /** Up to `limit` rows with a pk greater than `pk`, by pk. */
  indexRowsAfter(pk: number, limit: number): Promise<IndexValues[]>;
  /** Up to `limit` rows after a place in the order of (change_seq, pk). */
  indexRowsSince(end: { change_seq: number; pk: number }, limit: number): Promise<IndexValues[]>;
  /** True when another connection may have committed since this was last asked. Cheap; asked before every answer. */
  changedElsewhere(): boolean;
  /** Calls back soon after another program committed, where the engine can tell by itself; returns how to stop it. */
  onChange(listener: () => void): () => void;
  /** Looks for damage in the whole database and in what Argus expects of it; empty when there is none. */
  check(signal?: AbortSignal): Promise<string[]>;
  /** Bytes on disk, schema version and rows per table, for `argus db stats`. */
  stats(): Promise<EngineStats>;
  close(): Promise<void>;
};

export type EngineStats = { schema_version: number; bytes: number; rows: Record<string, number> };

/** Within `write`. The three bulk calls may be made without waiting for the one before; they run in order. */
export type WriteTransaction = {
  readonly db: Kysely<Tables>;
  insertCameras(rows: readonly RowValues[]): Promise<void>;
  /** Rows known by pk: what a source tells, last_seen_at, gone_at, change_seq and tokens; nothing that health checks or AI put there. */
  updateCameras(rows: readonly RowValues[]): Promise<void>;
  markGone(
    rows: readonly { pk: number; last_seen_at: string }[],
    at: { gone_at: string; change_seq: number },
  ): Promise<void>;
};
