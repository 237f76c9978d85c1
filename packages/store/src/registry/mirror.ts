import type { Camera, CameraFilter } from "@argus/core";

import type { CameraIndex } from "../index/camera-index.ts";
import type { CameraQueries } from "./camera-queries.ts";
import type { Change } from "./change.ts";
import type { Knowledge } from "./knowledge.ts";

/** What a registry holds in memory of its database: an index of all cameras, or hardly anything. */
export type Mirror = {
  readonly knowledge: Knowledge;
  /** Cameras that are not gone. */
  readonly size: number;
  /** The database's change sequence, as far as this has followed it. */
  readonly followed: number;
  /** Cameras that are not gone, per source. */
  countBySource(): Map<string, number>;
  /** Takes in what the database holds and this has not seen. */
  follow(): Promise<void>;
  /** Takes in what the registry itself has just committed under a change sequence. */
  applied(changes: readonly Change[], change_seq: number): Promise<void>;
  /** What answers questions about cameras of a filter. */
  queriesFor(filter: CameraFilter, pks: Uint32Array | null): Promise<CameraQueries>;
  /** All cameras, gone ones included; it follows the database further only where it is kept in memory. */
  wholeIndex(): Promise<CameraIndex>;
  findByUrl(url: string): Promise<Camera | null>;
  /** A record read from the database, with what memory knows better. */
  correct(camera: Camera): Camera;
  /** What spares the next start of this database to read all of it; null where there is no such thing. */
  readonly keeper: IndexKeeper | null;
};

/** Keeps an index for the next start. */
export type IndexKeeper = {
  /** Whether that would take long as things are. */
  readonly isWanted: boolean;
  /** Makes ready what is to be kept; may be done while others write. @throws the signal's reason. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Not while others write. Never fails; gives up when the signal is given. */
  save(signal: AbortSignal): Promise<void>;
};
