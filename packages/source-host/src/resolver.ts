import { describeIssues, type ListedCamera, splitCameraId } from "@argus/core";
import { refusalOf, type ResolvableCamera, ResolvedUrls } from "@argus/source-sdk";

import { cutText } from "./bounded-text.ts";
import { hostClosed, resolveBusy, resolvedBadly, resolveLate } from "./errors.ts";
import { ResolvingSources } from "./resolving-sources.ts";
import { openedFor, type ReadySource, type RunSettings } from "./run-settings.ts";

const MAX_KEPT = 10_000;
const MAX_WAITING = 50;
const MS_PER_S = 1000;

type Kept = { urls: ResolvedUrls; until: number };

/** Asks sources where their cameras' pictures are just now: one camera of a source at a time, and only when it must. */
export class Resolver implements AsyncDisposable {
  readonly #settings: RunSettings;
  readonly #sources: ResolvingSources;
  readonly #kept = new Map<string, Kept>();
  readonly #asking = new Map<string, Promise<ResolvedUrls>>();
  readonly #lines = new Map<string, { end: Promise<unknown>; waiting: number }>();
  readonly #closing = new AbortController();

  constructor(settings: RunSettings) {
    this.#settings = settings;
    this.#sources = new ResolvingSources(settings);
  }

  /**
   * Rejects with the signal's reason when nobody waits any more; what is asked then is still asked, and kept.
   * @param refused an address at which the origin has no picture any more: what says so is not kept.
   */
  async resolve(
    ready: ReadySource,
    camera: ListedCamera,
    { signal, refused }: { signal: AbortSignal; refused?: string | undefined },
  ): Promise<ResolvedUrls> {
    signal.throwIfAborted();
    if (refused !== undefined) this.#forget(camera.id, refused);
    const kept = this.#kept.get(camera.id);
    if (kept !== undefined && kept.until > this.#settings.clock()) return this.#withRest(kept);
    const asking = this.#asking.get(camera.id) ?? this.#inLine(ready, camera);
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([asking, left.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  /** Forgets what a source has said: its options have changed. */
  drop(sourceId: string): void {
    for (const cameraId of this.#kept.keys()) if (cameraId.startsWith(`${sourceId}:`)) this.#kept.delete(cameraId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(hostClosed());
    await this.#sources[Symbol.asyncDispose]();
    await Promise.allSettled(this.#asking.values());
    this.#kept.clear();
  }

  /** Unless another address has been found since. */
  #forget(cameraId: string, refused: string): void {
    const { stream_url, snapshot_url } = this.#kept.get(cameraId)?.urls ?? {};
    if (refused === stream_url || refused === snapshot_url) this.#kept.delete(cameraId);
  }

  #withRest({ urls, until }: Kept): ResolvedUrls {
    return { ...urls, expires_in_s: (until - this.#settings.clock()) / MS_PER_S };
  }

  #inLine(ready: ReadySource, camera: ListedCamera): Promise<ResolvedUrls> {
    const { id: sourceId } = ready.source;
    const line = this.#lines.get(sourceId) ?? { end: Promise.resolve(), waiting: 0 };
    if (line.waiting >= MAX_WAITING) throw resolveBusy(sourceId, line.waiting);
    line.waiting += 1;
    const asking = line.end
      .then(() => this.#ask(ready, camera))
      .finally(() => {
        line.waiting -= 1;
        this.#asking.delete(camera.id);
        if (line.waiting === 0) this.#lines.delete(sourceId);
      });
    asking.catch(() => undefined);
    line.end = asking.catch(() => undefined);
    this.#lines.set(sourceId, line);
    this.#asking.set(camera.id, asking);
    return asking;
  }

  async #ask(ready: ReadySource, camera: ListedCamera): Promise<ResolvedUrls> {
    const { limits } = this.#settings;
    this.#closing.signal.throwIfAborted();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(resolveLate(limits.resolveMs)), limits.resolveMs);
    const signal = AbortSignal.any([late.signal, this.#closing.signal]);
    try {
      const urls = this.#read(await this.#sources.ask(ready, toResolvable(camera), signal), ready, camera);
      this.#keep(camera.id, urls);
      return urls;
    } finally {
      clearTimeout(timer);
    }
  }

  #read(urls: unknown, ready: ReadySource, camera: ListedCamera): ResolvedUrls {
    const read = ResolvedUrls.safeParse(urls);
    if (!read.success) throw resolvedBadly(cutText(describeIssues(read.error)));
    const { stream_url, snapshot_url } = read.data;
    const { id } = toResolvable(camera);
    const refusal = refusalOf(
      { id, stream_url, snapshot_url },
      { sourceId: ready.source.id, isForNow: true, isOpened: openedFor(ready, this.#settings) },
    );
    if (refusal !== null) throw resolvedBadly(refusal);
    return read.data;
  }

  #keep(cameraId: string, urls: ResolvedUrls): void {
    this.#kept.delete(cameraId);
    this.#kept.set(cameraId, { urls, until: this.#settings.clock() + urls.expires_in_s * MS_PER_S });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** The camera as its source knows it: under the origin's own id. */
function toResolvable({ source_id: _sourceId, ...camera }: ListedCamera): ResolvableCamera {
  return { ...camera, id: splitCameraId(camera.id)?.raw_id ?? camera.id };
}
