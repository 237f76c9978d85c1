import { type FileHandle, open, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import type { CameraIndex } from "../index/camera-index.ts";
import { SNAPSHOT_END, unfinished } from "../sqlite/copy-file.ts";
import { type Header, readHeader } from "./file-head.ts";
import { PartReader } from "./part-reader.ts";
import { PartWriter } from "./part-writer.ts";
import { SnapshotUnusable } from "./snapshot-unusable.ts";

/** A file that is being written is touched all the time; one that was not for so long, in milliseconds, nobody writes. */
const ABANDONED_MS = 60_000;
/** Like the database: who may read a camera's URL is its owner's business. */
const MODE = 0o600;

/** Where the snapshot of a database file's index is. */
export function snapshotPath(database: string): string {
  return database + SNAPSHOT_END;
}

/** An open snapshot whose header has been checked. */
export class OpenSnapshot implements AsyncDisposable {
  readonly header: Header;
  readonly #file: FileHandle;

  private constructor(file: FileHandle, header: Header) {
    this.#file = file;
    this.header = header;
  }

  /** @throws SnapshotUnusable; what the file system says, ENOENT when there is none. */
  static async open(path: string): Promise<OpenSnapshot> {
    // Looked at first: opening a pipe would wait for its other end.
    if (!(await stat(path)).isFile()) throw new SnapshotUnusable("it is no file");
    const file = await open(path, "r");
    try {
      return new OpenSnapshot(file, await readHeader(file, (await file.stat()).size));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Fills an empty index. @throws SnapshotUnusable; then the index is good for nothing. */
  async readInto(index: CameraIndex): Promise<void> {
    await index.transfer(new PartReader(this.#file, this.header));
    if (index.length !== this.header.cameras)
      throw new SnapshotUnusable(`it holds ${index.length} cameras instead of ${this.header.cameras}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

export type HeaderOfIndex = Omit<Header, "numbers" | "sections" | "cameras">;

/**
 * Writes a settled index, in which nothing may be put meanwhile, to a new file that is on the disk; the caller gives it
 * its name. Nothing is left of it on failure.
 */
export async function writeUnfinished(
  path: string,
  index: CameraIndex,
  header: HeaderOfIndex,
  signal: AbortSignal,
): Promise<{ part: string; bytes: number }> {
  const part = unfinished(path);
  try {
    await using file = await open(part, "wx", MODE);
    const writer = new PartWriter(file, signal);
    await index.transfer(writer);
    return { part, bytes: await writer.end({ ...header, cameras: index.length }) };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Removes what writers that were killed have left beside a snapshot. */
export async function removeAbandoned(path: string): Promise<void> {
  const begin = `${basename(path)}.part-`;
  const parts = (await readdir(dirname(path))).filter((name) => name.startsWith(begin));
  for (const name of parts) {
    const part = join(dirname(path), name);
    const touched = (await stat(part).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - touched > ABANDONED_MS) await rm(part, { force: true });
  }
}
