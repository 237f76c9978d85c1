import type { Camera, CameraFilter } from "@argus/core";

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
  applied(change: Change, change_seq: number): Promise<void>;
  /** What answers questions about cameras of a filter. */
  queriesFor(filter: CameraFilter, pks: Uint32Array | null): Promise<CameraQueries>;
  findByUrl(url: string): Promise<Camera | null>;
  /** A record read from the database, with what memory knows better. */
  correct(camera: Camera): Camera;
};
