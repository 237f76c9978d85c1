import type { Kysely } from "kysely";
import type pg from "pg";

import { storeClosed } from "../errors.ts";
import type { IndexValues } from "../index-row.ts";
import type { SearchTerm } from "../search/terms.ts";
import type { EngineStats, StoreEngine, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { WriteQueue } from "../write-queue.ts";
import type { ChangeListener } from "./change-listener.ts";
import { check } from "./check.ts";
import type { Connections } from "./connections.ts";
import { indexRowsAfter, indexRowsSince } from "./index-rows.ts";
import { onOneConnection } from "./one-connection.ts";
import { isConnectionLost, readError, writeError } from "./postgres-errors.ts";
import { search } from "./search.ts";
import { readStats } from "./stats.ts";
import { retryCollisions, runTransaction } from "./transaction.ts";

/** A registry in a PostgreSQL database whose schema is current; see openPostgresEngine. */
export class PostgresEngine implements StoreEngine {
  readonly kind = "postgres";
  readonly name: string;
  readonly #connections: Connections;
  readonly #listener: ChangeListener;
  readonly #busyTimeoutMs: number;
  readonly #writes = new WriteQueue();
  #closing: Promise<void> | null = null;

  constructor(name: string, connections: Connections, listener: ChangeListener, busyTimeoutMs: number) {
    this.name = name;
    this.#connections = connections;
    this.#listener = listener;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  read<Result>(doing: string, task: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    return this.#read(doing, (client) => task(onOneConnection(client)));
  }

  async write<Result>(doing: string, task: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    this.#assertOpen();
    try {
      return await this.#writes.run(() => retryCollisions(this.#busyTimeoutMs, () => this.#attempt(task)));
    } catch (error) {
      // The server may have committed without our hearing of it.
      if (isConnectionLost(error)) this.#listener.suspectNews();
      throw writeError(this.name, error, doing);
    }
  }

  #attempt<Result>(task: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    const options = { name: this.name, announce: this.#listener.announce };
    return this.#connections.use("write", (client) => runTransaction(client, options, task));
  }

  search(terms: readonly SearchTerm[], signal?: AbortSignal): Promise<Uint32Array> {
    return this.#read("searching", (client) => search(client, terms), signal);
  }

  indexRowsAfter(pk: number, limit: number): Promise<IndexValues[]> {
    return this.#read("reading the cameras", (client) => indexRowsAfter(client, pk, limit));
  }

  indexRowsSince(end: { change_seq: number; pk: number }, limit: number): Promise<IndexValues[]> {
    return this.#read("reading what has changed", (client) => indexRowsSince(client, end, limit));
  }

  changedElsewhere(): boolean {
    return this.#listener.takeNews();
  }

  onChange(listener: () => void): () => void {
    return this.#listener.subscribe(listener);
  }

  check(signal?: AbortSignal): Promise<string[]> {
    return this.#read("checking it", (client) => check(client), signal);
  }

  stats(): Promise<EngineStats> {
    return this.#read("counting its rows", readStats);
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    await this.#writes.idle();
    await this.#listener.close();
    await this.#connections.close();
  }

  async #read<Result>(
    doing: string,
    task: (client: pg.ClientBase) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    this.#assertOpen();
    try {
      return await this.#connections.use("read", task, signal);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw readError(this.name, error, doing);
    }
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw storeClosed();
  }
}
