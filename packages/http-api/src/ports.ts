import type {
  Camera,
  CameraChanges,
  CameraExtent,
  CameraFilter,
  CameraPage,
  CameraQuery,
  Facets,
  Scrape,
  SourceChange,
  SourceConfirmed,
  SourceDetails,
  SourceInfo,
} from "@argus/core";

import type { ApiImports, ApiPersonal } from "./personal-ports.ts";

/**
 * What the API needs of the store; `CameraStore` of `@argus/store` fits. Every question takes in first what other
 * programs have committed.
 */
export type ApiStore = {
  readonly engine: string;
  readonly connected: boolean;
  /** Cameras that are not gone. */
  readonly size: number;
  /**
   * Takes in what other programs have committed, and tells the change sequence: it grows with every committed change, and
   * not before answers show it, for it is what answers are confirmed by.
   */
  currentSequence(): Promise<number>;
  get(id: string): Promise<Camera | null>;
  /** The other cameras that show the same view, the one that stands for them first. */
  duplicatesOf(id: string): Promise<Camera[]>;
  findByUrl(url: string): Promise<Camera | null>;
  page(query: CameraQuery): Promise<CameraPage>;
  each(filter: CameraFilter, options?: { signal?: AbortSignal }): AsyncIterable<Camera>;
  facets(filter: CameraFilter): Promise<Facets>;
  scrapes(limit: number): Promise<Scrape[]>;
  /** A Mapbox Vector Tile (2.1) of the located cameras of a filter; empty where there are none. */
  tile(address: TileAddress, filter: CameraFilter): Promise<Uint8Array>;
  extent(filter: CameraFilter): Promise<CameraExtent>;
  /** Up to `limit` cameras written since 0, the very beginning, or since a former answer's `next`. */
  changesSince(since: string, limit: number): Promise<CameraChanges>;
  readonly personal: ApiPersonal;
  readonly imports: ApiImports;
  /** Marks cameras gone; returns how many were not. */
  retire(ids: readonly string[]): Promise<number>;
};

/** A tile of the web mercator grid: column from the west, row from the north, 0 to 2^z - 1. */
export type TileAddress = { z: number; x: number; y: number };

/** What the API needs of the sources; `SourceHost` of `@argus/source-host` fits. */
export type ApiSources = {
  list(): SourceInfo[];
  /** Takes in what was set about sources through other servers; never rejects. */
  takeIn(): Promise<void>;
  details(sourceId: string): SourceDetails;
  change(sourceId: string, change: SourceChange): Promise<SourceDetails>;
  reset(sourceId: string): void;
  /** Says that a held listing is right. */
  confirm(sourceId: string): Promise<SourceConfirmed>;
  start(sourceIds: readonly string[]): Promise<Scrape>;
  /** All that runs, as one scrape. */
  current(): Scrape | null;
  /** Cancels all that runs, or one source alone; answers the scrape that `current` named, or the source's. */
  cancel(options: { source?: string | undefined }): Promise<Scrape | null>;
  subscribe(options: { after?: string; signal: AbortSignal }): AsyncIterable<{ id: string; scrape: Scrape }>;
};

/** What the API needs of the pictures; `Streams` of `@argus/streams` fits. */
export type ApiStreams = {
  snapshot(camera: Camera, options: { signal: AbortSignal }): Promise<{ jpeg: Uint8Array; taken_at: string }>;
  stream(
    camera: Camera,
    options: { signal: AbortSignal },
  ): Promise<{ content_type: string; body: AsyncIterable<Uint8Array> }>;
};
