import {
  ArgusError,
  type Camera,
  type CameraChanges,
  type CameraExtent,
  type CameraFilter,
  type CameraPage,
  type CameraQuery,
  type Facets,
  type Scrape,
  type SourceChange,
  type SourceConfirmed,
  type SourceDetails,
  type SourceInfo,
} from "@argus/core";

import type { ProgressEvent } from "../event-stream.ts";
import type { ApiSources, ApiStore, ApiStreams, TileAddress } from "../ports.ts";
import { FakeImports, FakePersonal } from "./fake-personal.ts";
import { makeCamera, makeScrape, makeSource, makeSourceDetails } from "./cameras.ts";

const NO_FACETS: Facets = { source: [], country: [], region: [], city: [], kind: [], tag: [], health: [] };

/** A store of an array. It filters by country only: what a filter selects is the real store's business. */
export class FakeStore implements ApiStore {
  engine = "memory";
  connected = true;
  changeSequence = 1;
  cameras: Camera[] = [makeCamera()];
  history: Scrape[] = [];
  queries: CameraQuery[] = [];
  readonly personal: FakePersonal = new FakePersonal();
  readonly imports: FakeImports = new FakeImports();
  readonly retired: string[] = [];
  /** Iterations of `each` that have been begun and that have been closed. */
  readonly iterations = { begun: 0, closed: 0 };
  /** What `each` yields, where the array will not do. */
  source: (() => Iterable<Camera> | AsyncIterable<Camera>) | null = null;
  /** What another program has committed, and this store takes in with the next question. */
  committedElsewhere: (() => void) | null = null;
  /** The tile that is answered, and for which addresses. */
  mvt: Uint8Array = Uint8Array.of();
  readonly tiles: TileAddress[] = [];
  bbox: CameraExtent["bbox"] = null;

  get size(): number {
    return this.cameras.length;
  }

  async connect(): Promise<void> {
    this.connected = true;
  }

  async get(id: string): Promise<Camera | null> {
    return this.cameras.find((camera) => camera.id === id) ?? null;
  }

  async duplicatesOf(id: string): Promise<Camera[]> {
    return this.cameras.filter((camera) => camera.id !== id && camera.duplicate_of === id);
  }

  async currentSequence(): Promise<number> {
    this.#takeIn();
    return this.changeSequence;
  }

  async findByUrl(url: string): Promise<Camera | null> {
    return this.cameras.find((camera) => camera.stream_url === url || camera.snapshot_url === url) ?? null;
  }

  async page(query: CameraQuery): Promise<CameraPage> {
    this.queries.push(query);
    if (query.cursor === "bad") throw new ArgusError("ARGUS_STORE_CURSOR_INVALID", "the cursor is not one");
    const cameras = this.#select(query);
    return { cameras: cameras.slice(0, query.limit ?? 100), total: cameras.length, next_cursor: null };
  }

  async *each(filter: CameraFilter): AsyncGenerator<Camera, void, undefined> {
    this.#takeIn();
    this.iterations.begun += 1;
    try {
      yield* this.source?.() ?? this.#select(filter);
    } finally {
      this.iterations.closed += 1;
    }
  }

  async facets(filter: CameraFilter): Promise<Facets> {
    this.queries.push(filter);
    return { ...NO_FACETS, source: [{ value: "demo", count: this.#select(filter).length }] };
  }

  async retire(ids: readonly string[]): Promise<number> {
    return this.retired.push(...ids);
  }

  async scrapes(limit: number): Promise<Scrape[]> {
    return this.history.slice(0, limit);
  }

  async tile(address: TileAddress, filter: CameraFilter): Promise<Uint8Array> {
    this.#takeIn();
    this.queries.push(filter);
    this.tiles.push(address);
    return this.mvt;
  }

  async extent(filter: CameraFilter): Promise<CameraExtent> {
    this.queries.push(filter);
    return { bbox: this.bbox, located: this.#select(filter).filter(({ lat }) => lat !== null).length };
  }

  /** Places are how many cameras came before. */
  async changesSince(since: string, limit: number): Promise<CameraChanges> {
    if (since === "bad") throw new ArgusError("ARGUS_STORE_CURSOR_INVALID", "that is no place");
    const end = Number(since) + limit;
    const cameras = this.cameras.slice(Number(since), end);
    return { cameras, next: String(Number(since) + cameras.length), more: end < this.cameras.length };
  }

  #takeIn(): void {
    this.committedElsewhere?.();
    this.committedElsewhere = null;
  }

  #select({ country }: CameraFilter): Camera[] {
    return this.cameras.filter((camera) => country === undefined || country.includes(camera.country ?? ""));
  }
}

type Listener = { queue: ProgressEvent[]; wake: () => void; after: string | undefined };

/** Sources that do as the test says; `publish` reaches every listener. */
export class FakeSources implements ApiSources {
  sources: SourceInfo[] = [makeSource()];
  running: Scrape | null = null;
  started: string[][] = [];
  readonly listeners: Set<Listener> = new Set();
  readonly #changes: (() => void)[] = [];

  /** What was changed, reset and confirmed, in that order; and what each of these fails of. */
  readonly told: unknown[] = [];
  error: ArgusError | null = null;
  /** What was set through another server, and is taken in with the next question. */
  setElsewhere: (() => void) | null = null;

  list(): SourceInfo[] {
    return this.sources;
  }

  async takeIn(): Promise<void> {
    this.setElsewhere?.();
    this.setElsewhere = null;
  }

  details(sourceId: string): SourceDetails {
    return makeSourceDetails(this.sources.find(({ id }) => id === sourceId));
  }

  async change(sourceId: string, change: SourceChange): Promise<SourceDetails> {
    this.#tell(sourceId, change);
    return this.details(sourceId);
  }

  reset(sourceId: string): void {
    this.#tell(sourceId, "reset");
  }

  async confirm(sourceId: string): Promise<SourceConfirmed> {
    this.#tell(sourceId, "confirm");
    return { gone: 7, scrape: null };
  }

  #tell(...told: unknown[]): void {
    if (this.error !== null) throw this.error;
    this.told.push(told);
  }

  async start(sourceIds: readonly string[]): Promise<Scrape> {
    const unknown = sourceIds.filter((id) => !this.sources.some((source) => source.id === id));
    if (unknown.length > 0)
      throw new ArgusError("ARGUS_SOURCE_UNKNOWN", `no source ${unknown.join()}`, { details: unknown });
    if (this.running !== null) throw new ArgusError("ARGUS_SCRAPE_RUNNING", "a scrape is running");
    this.started.push([...sourceIds]);
    this.running = makeScrape();
    return this.running;
  }

  current(): Scrape | null {
    return this.running;
  }

  async cancel({ source }: { source?: string | undefined }): Promise<Scrape | null> {
    if (source !== undefined && this.started.at(-1)?.includes(source) !== true) return null;
    const cancelled = this.running;
    this.running = null;
    return cancelled === null ? null : { ...cancelled, state: "cancelled" };
  }

  publish(event: ProgressEvent): void {
    for (const listener of this.listeners) {
      listener.queue.push(event);
      listener.wake();
    }
  }

  /** Resolves when there are `count` listeners. */
  async listenersAre(count: number): Promise<void> {
    while (this.listeners.size !== count) await new Promise<void>((resolve) => this.#changes.push(resolve));
  }

  async *subscribe(options: { after?: string; signal: AbortSignal }): AsyncGenerator<ProgressEvent, void, undefined> {
    const listener: Listener = { queue: [], wake: () => undefined, after: options.after };
    const end = (): void => listener.wake();
    options.signal.addEventListener("abort", end);
    this.#change(() => this.listeners.add(listener));
    try {
      while (!options.signal.aborted) {
        const event = listener.queue.shift();
        if (event === undefined) await new Promise<void>((resolve) => (listener.wake = resolve));
        else yield event;
      }
    } finally {
      options.signal.removeEventListener("abort", end);
      this.#change(() => this.listeners.delete(listener));
    }
  }

  #change(change: () => void): void {
    change();
    for (const resolve of this.#changes.splice(0)) resolve();
  }
}

/** A JPEG as far as its ends go. */
export const TINY_JPEG: Uint8Array = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);

/** Pictures as the test says. */
export class FakeStreams implements ApiStreams {
  takenAt = "2026-11-21T08:00:00.000Z";
  error: ArgusError | null = null;
  readonly asked: { what: "snapshot" | "stream"; id: string; signal: AbortSignal }[] = [];
  /** The parts of the moving picture. */
  parts: (signal: AbortSignal) => AsyncIterable<Uint8Array> = async function* () {
    yield TINY_JPEG;
  };

  async snapshot(camera: Camera, { signal }: { signal: AbortSignal }): Promise<{ jpeg: Uint8Array; taken_at: string }> {
    this.asked.push({ what: "snapshot", id: camera.id, signal });
    if (this.error !== null) throw this.error;
    return { jpeg: TINY_JPEG, taken_at: this.takenAt };
  }

  async stream(
    camera: Camera,
    { signal }: { signal: AbortSignal },
  ): Promise<{ content_type: string; body: AsyncIterable<Uint8Array> }> {
    this.asked.push({ what: "stream", id: camera.id, signal });
    if (this.error !== null) throw this.error;
    return { content_type: "multipart/x-mixed-replace; boundary=frame", body: this.parts(signal) };
  }
}
