import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";

import { describeError, type IsoTime, type Log } from "@argus/core";

import { CameraIndex } from "../index/camera-index.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { syncFolder } from "../sqlite/copy-file.ts";
import type { StoreEngine } from "../store-engine.ts";
import { TimeSlice } from "../time-slice.ts";
import type { Header } from "./file-head.ts";
import { OpenSnapshot, removeAbandoned, snapshotPath, writeUnfinished } from "./snapshot-file.ts";
import { SnapshotUnusable } from "./snapshot-unusable.ts";

/** Fewer cameras are read from the database in less than half a second. */
const LEAST_CAMERAS = 20_000;

/** An index, and how far it has followed its database. */
export type Followed = {
  readonly index: CameraIndex;
  readonly change_seq: number;
  readonly greatestPk: number;
  /** When each source was last listed completely. */
  readonly completed: ReadonlyMap<string, IsoTime>;
};

export type SnapshotOptions = {
  readonly log: Log;
  /** An index with fewer cameras is not worth a file. */
  readonly leastCameras?: number | undefined;
};

/**
 * The index of a SQLite file as it was in memory, in a file of its own, so that the next start need not read every row.
 * It is a cache: whatever is wrong with it, it is passed over and all cameras are read instead.
 *
 * The database holds the token of its snapshot. Whoever has that token descends from the database as it was when the
 * snapshot was written: all that happened before is in both, and what happened since has a greater change sequence.
 */
export class IndexSnapshot {
  readonly #engine: StoreEngine;
  readonly #path: string;
  readonly #log: Log;
  readonly #leastCameras: number;
  /** The change sequence of the snapshot that is there; null when there is none that can be used. */
  #there: number | null = null;
  #hasFailed = false;

  private constructor(engine: StoreEngine, { log, leastCameras = LEAST_CAMERAS }: SnapshotOptions) {
    this.#engine = engine;
    this.#path = snapshotPath(engine.name);
    this.#log = log;
    this.#leastCameras = leastCameras;
  }

  /** Null for a database that is no file. */
  static of(engine: StoreEngine, options: SnapshotOptions): IndexSnapshot | null {
    return engine.kind === "sqlite" ? new IndexSnapshot(engine, options) : null;
  }

  /** Whether the next start would take long: without one, or when so many rows were written since it was. */
  isWanted(cameras: number, writtenSince: number): boolean {
    return cameras >= this.#leastCameras && (this.#there === null || writtenSince >= this.#leastCameras);
  }

  /** What the snapshot holds, if there is one of this very database. */
  async load(): Promise<Followed | null> {
    try {
      await using snapshot = await OpenSnapshot.open(this.#path);
      const { header } = snapshot;
      await this.#checkOwner(header);
      const index = new CameraIndex();
      await snapshot.readInto(index);
      this.#there = header.change_seq;
      this.#log.info("the index was read from its snapshot", { file: this.#path, cameras: header.cameras });
      const { change_seq, greatest_pk: greatestPk, completed } = header;
      return { index, change_seq, greatestPk, completed: new Map(completed) };
    } catch (error) {
      this.#tellUnusable(error);
      return null;
    }
  }

  async #checkOwner({ schema, token, change_seq }: Header): Promise<void> {
    if (schema !== SCHEMA_VERSION)
      throw new SnapshotUnusable(`it is of schema version ${schema} instead of ${SCHEMA_VERSION}`);
    const state = await this.#engine.read("reading the registry's state", (db) =>
      db.selectFrom("registry_state").select(["change_seq", "index_snapshot"]).executeTakeFirstOrThrow(),
    );
    if (state.index_snapshot !== token) throw new SnapshotUnusable("it is not of this database as it is now");
    if (change_seq > state.change_seq) throw new SnapshotUnusable("it is newer than the database");
  }

  #tellUnusable(error: unknown): void {
    if (isMissing(error)) return;
    const reason = error instanceof SnapshotUnusable ? error.message : describeError(error);
    this.#log.warn("the snapshot of the index cannot be used; reading all cameras instead", {
      file: this.#path,
      reason,
    });
  }

  /** Writes the index, unless the snapshot that is there is as new. Nothing may be put into it meanwhile. Never fails. */
  async save(followed: Followed, signal: AbortSignal): Promise<void> {
    const { index, change_seq } = followed;
    if (index.length < this.#leastCameras || change_seq === this.#there) return;
    try {
      signal.throwIfAborted();
      await removeAbandoned(this.#path);
      await settle(index, signal);
      const bytes = await this.#write(followed, signal);
      this.#there = change_seq;
      this.#log.info("a snapshot of the index was written", { file: this.#path, cameras: index.length, bytes });
    } catch (error) {
      if (!isGivenUp(error)) this.#tellFailed(error);
    }
  }

  async #write({ index, change_seq, greatestPk, completed }: Followed, signal: AbortSignal): Promise<number> {
    const token = randomUUID();
    const header = { schema: SCHEMA_VERSION, token, change_seq, greatest_pk: greatestPk, completed: [...completed] };
    const { part, bytes } = await writeUnfinished(this.#path, index, header, signal);
    try {
      await this.#putInPlace(part, token, change_seq);
      return bytes;
    } catch (error) {
      // Whether the file or the transaction failed: what is there may no longer be of this database.
      this.#there = null;
      await rm(part, { force: true });
      throw error;
    }
  }

  /** Within a transaction, so that of two programs the one whose file is there is also the one whose token is. */
  async #putInPlace(part: string, token: string, change_seq: number): Promise<void> {
    await this.#engine.write("keeping a snapshot of the index", async ({ db }) => {
      const { numUpdatedRows } = await db
        .updateTable("registry_state")
        .set({ index_snapshot: token })
        .where("id", "=", 1)
        .where("change_seq", ">=", change_seq)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Error("the database is older than its index");
      // Should the transaction fail after this, the file has a token that no database holds.
      await rename(part, this.#path);
      await syncFolder(this.#path);
    });
  }

  #tellFailed(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const reason = describeError(error);
    this.#log.warn("no snapshot of the index was written; the next start takes longer", {
      file: this.#path,
      reason,
    });
  }
}

/** Makes all orders of an index, giving way to other work. @throws the signal's reason. */
export async function settle(index: CameraIndex, signal: AbortSignal): Promise<void> {
  const slice = new TimeSlice(signal);
  await index.settle(slice);
  await index.settleNames(slice);
}

/** Whether nobody wants it any more; that it took too long is another matter. */
function isGivenUp(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
