import { Kysely } from "kysely";

import { outcomeUnknown, schemaNewer, storeClosed } from "../errors.ts";
import type { IndexValues } from "../index-row.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import type { CommonTerm } from "../search/common-terms.ts";
import type { SearchTerm } from "../search/terms.ts";
import type { EngineStats, StoreEngine, WriteTransaction } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { WriteQueue } from "../write-queue.ts";
import { checkDatabase } from "./check.ts";
import { readCommonTerms } from "./common-terms.ts";
import type { CommitWatch } from "./commit-watch.ts";
import { type DatabaseThread, useThread } from "./database-thread.ts";
import { readNumber } from "./file-owner.ts";
import { readRowsAfter, readRowsSince } from "./index-rows.ts";
import { readError, writeError } from "./sqlite-errors.ts";
import { SqliteWrite } from "./sqlite-write.ts";
import { readStats } from "./stats.ts";
import { searchRequest } from "./text-query.ts";
import { ThreadDialect } from "./thread-dialect.ts";
import type { ThreadKeeper } from "./thread-keeper.ts";
import { retryWhileLocked } from "./while-locked.ts";

/** How many commits of other connections a writer has noticed, as a number that means nothing on another thread. */
type WriterVersion = { readonly thread: DatabaseThread; readonly data: number };

/** What an engine works with; openSqliteEngine gathers it. */
export type EngineParts = {
  readonly kind: "memory" | "sqlite";
  readonly name: string;
  readonly busyTimeoutMs: number;
  readonly writer: ThreadKeeper;
  /** The writer itself for a database in memory, which only one connection can see. */
  readonly reader: ThreadKeeper;
  /** Null for a database in memory. */
  readonly watch: CommitWatch | null;
  /** Opens a thread for one long task; null for a database in memory. */
  readonly spare: (() => Promise<DatabaseThread>) | null;
  /** The writer's count of other connections' commits. */
  readonly foreign: WriterVersion;
};

/** A registry in SQLite whose schema is current; see openSqliteEngine. */
export class SqliteEngine implements StoreEngine {
  readonly kind: "memory" | "sqlite";
  readonly name: string;
  readonly #parts: EngineParts;
  readonly #writes = new WriteQueue();
  readonly #searches = new WriteQueue();
  readonly #db: Kysely<Tables>;
  /** In memory there is one connection, whose uncommitted rows nobody else may see: reads wait for this. */
  #writing: Promise<unknown> | null = null;
  #foreign: WriterVersion;
  #closing: Promise<void> | null = null;

  constructor(parts: EngineParts) {
    this.kind = parts.kind;
    this.name = parts.name;
    this.#parts = parts;
    this.#foreign = parts.foreign;
    this.#db = new Kysely<Tables>({
      dialect: new ThreadDialect((sql, parameters) =>
        this.#read((thread) => thread.ask({ kind: "query", sql, parameters, within: false })),
      ),
    });
  }

  read<Result>(doing: string, task: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    return this.#reading(doing, () => task(this.#db));
  }

  async search(terms: readonly SearchTerm[], signal?: AbortSignal): Promise<Uint32Array> {
    // One at a time, so that the records of a page never wait for more than one of them.
    return this.#searches.run(() => {
      signal?.throwIfAborted();
      const request = searchRequest(terms);
      return this.#reading("searching", () => this.#read((thread) => thread.ask(request, { signal })), signal);
    });
  }

  async *commonTerms(least: number, signal: AbortSignal): AsyncGenerator<CommonTerm> {
    const { spare } = this.#parts;
    if (spare === null) return;
    this.#assertOpen();
    signal.throwIfAborted();
    const thread = await spare();
    try {
      yield* readCommonTerms(thread, least, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw readError(this.name, error, "looking for common words");
    } finally {
      // SQLite notices late that it was given up, and this leaves nothing behind.
      if (signal.aborted) thread.abandon();
      else await thread.close();
    }
  }

  indexRowsAfter(pk: number, limit: number): Promise<IndexValues[]> {
    return this.#reading("reading the cameras", () => this.#read((thread) => readRowsAfter(thread, pk, limit)));
  }

  indexRowsSince(end: { change_seq: number; pk: number }, limit: number): Promise<IndexValues[]> {
    return this.#reading("reading what has changed", () => this.#read((thread) => readRowsSince(thread, end, limit)));
  }

  async write<Result>(doing: string, task: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    this.#assertOpen();
    return this.#writes.run(async () => {
      const transaction = this.#transact(doing, task);
      this.#writing = transaction.catch(() => undefined);
      try {
        return await transaction;
      } catch (error) {
        throw writeError(this.name, error, doing);
      } finally {
        this.#writing = null;
      }
    });
  }

  async #transact<Result>(doing: string, task: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    const thread = await this.#parts.writer.thread();
    await this.#begin(thread);
    const transaction = new SqliteWrite(thread);
    let result: Result;
    try {
      result = await task(transaction);
    } catch (error) {
      transaction.end();
      // Fails only when the thread is lost, and the transaction with it.
      await thread.ask({ kind: "rollback" }).catch(() => {});
      throw error;
    }
    transaction.end();
    await this.#commit(thread, doing);
    return result;
  }

  async #begin(thread: DatabaseThread): Promise<void> {
    const versions = await retryWhileLocked(this.#parts.busyTimeoutMs, () => thread.ask({ kind: "begin" }));
    this.#noteForeign(thread, versions.data);
    if (versions.schema <= SCHEMA_VERSION) return;
    await thread.ask({ kind: "rollback" });
    throw schemaNewer(this.name, versions.schema, SCHEMA_VERSION);
  }

  async #commit(thread: DatabaseThread, doing: string): Promise<void> {
    try {
      await thread.ask({ kind: "commit" });
    } catch (error) {
      if (!thread.isLost) throw error;
      this.#parts.watch?.suspect();
      throw outcomeUnknown(this.name, doing, error);
    }
    if (this.#parts.watch === null) return;
    this.#parts.watch.passOwnCommit();
    // Asked of the writer after that: what another program committed between the two is in its count. It need not be
    // waited for; an answer that is given meanwhile is as old as the question.
    readNumber(thread, "pragma data_version").then(
      (data) => this.#noteForeign(thread, data),
      () => this.#parts.watch?.suspect(),
    );
  }

  #noteForeign(thread: DatabaseThread, data: number): void {
    if (this.#foreign.thread !== thread || this.#foreign.data !== data) this.#parts.watch?.suspect();
    this.#foreign = { thread, data };
  }

  changedElsewhere(): boolean {
    return this.#closing === null && (this.#parts.watch?.takeChanged() ?? false);
  }

  // SQLite tells nobody; `changedElsewhere` is cheap enough to be asked.
  onChange(): () => void {
    return () => {};
  }

  check(signal?: AbortSignal): Promise<string[]> {
    return this.#spare("checking it", (thread) => checkDatabase(thread, signal), signal);
  }

  stats(): Promise<EngineStats> {
    return this.#spare("counting its rows", (thread) => readStats(thread, this.kind === "memory" ? null : this.name));
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    await this.#writes.idle();
    this.#parts.watch?.close();
    await this.#parts.reader.close();
    // Last, so that it can move the log into the file and remove it.
    await this.#parts.writer.close();
  }

  /** Long reading on a thread of its own; in memory there is but one. */
  #spare<Result>(
    doing: string,
    task: (thread: DatabaseThread) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const { spare } = this.#parts;
    return this.#reading(
      doing,
      () => (spare === null ? this.#read(task) : useThread(spare, task, { signal, leave: true })),
      signal,
    );
  }

  async #reading<Result>(doing: string, task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    this.#assertOpen();
    try {
      return await task();
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw readError(this.name, error, doing);
    }
  }

  #read<Result>(task: (thread: DatabaseThread) => Promise<Result>): Promise<Result> {
    return retryWhileLocked(this.#parts.busyTimeoutMs, async () => {
      const thread = await this.#parts.reader.thread();
      while (this.kind === "memory" && this.#writing !== null) await this.#writing;
      return task(thread);
    });
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw storeClosed();
  }
}
