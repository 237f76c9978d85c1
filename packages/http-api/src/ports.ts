import type { Camera, CameraFilter, CameraPage, CameraQuery, Facets, Scrape, SourceInfo } from "@argus/core";

/** What the API needs of the store; `CameraStore` of `@argus/store` fits. */
export type ApiStore = {
  readonly engine: string;
  readonly connected: boolean;
  /** Cameras that are not gone. */
  readonly size: number;
  /** Grows with every committed change. */
  readonly changeSequence: number;
  get(id: string): Promise<Camera | null>;
  findByUrl(url: string): Promise<Camera | null>;
  page(query: CameraQuery): Promise<CameraPage>;
  each(filter: CameraFilter, options?: { signal?: AbortSignal }): AsyncIterable<Camera>;
  facets(filter: CameraFilter): Promise<Facets>;
  scrapes(limit: number): Promise<Scrape[]>;
};

/** What the API needs of the sources; `SourceHost` of `@argus/source-host` fits. */
export type ApiSources = {
  list(): SourceInfo[];
  start(sourceIds: readonly string[]): Promise<Scrape>;
  current(): Scrape | null;
  cancel(): Promise<Scrape | null>;
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
