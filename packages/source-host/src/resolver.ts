import { describeIssues, type ListedCamera, type Log, splitCameraId } from "@argus/core";
import { refusalOf, type ResolvableCamera, ResolvedUrls } from "@argus/source-sdk";

import { cutText } from "./bounded-text.ts";
import { hostClosed, protocolBroken, resolveBusy, resolvedBadly, resolveLate } from "./errors.ts";
import type { HostPorts } from "./run-source.ts";
import { SourceLog } from "./source-log.ts";
import { openedFor, type ReadySource, type RunSettings, transportFor } from "./run-settings.ts";

const MAX_KEPT = 10_000;
const MAX_WAITING = 50;
const MS_PER_S = 1000;

type Kept = { urls: ResolvedUrls; until: number };

/** Asks sources where their cameras' pictures are just now: one camera of a source at a time, and only when it must. */
export class Resolver implements AsyncDisposable {
  readonly #settings: RunSettings;
  readonly #kept = new Map<string, Kept>();
  readonly #asking = new Map<string, Promise<ResolvedUrls>>();
  readonly #lines = new Map<string, { end: Promise<unknown>; waiting: number }>();
  readonly #closing = new AbortController();

  constructor(settings: RunSettings) {
    this.#settings = settings;
  }

  /** Rejects with the signal's reason when nobody waits any more; what is asked then is still asked, and kept. */
  async resolve(ready: ReadySource, camera: ListedCamera, signal: AbortSignal): Promise<ResolvedUrls> {
    signal.throwIfAborted();
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(hostClosed());
    await Promise.allSettled(this.#asking.values());
    this.#kept.clear();
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
    const { limits, bounds } = this.#settings;
    this.#closing.signal.throwIfAborted();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(resolveLate(limits.resolveMs)), limits.resolveMs);
    const signal = AbortSignal.any([late.signal, this.#closing.signal]);
    const { source, options, env } = ready;
    const running = source.resolve(toResolvable(camera), {
      options,
      env,
      ports: this.#ports(ready, signal),
      signal,
      bounds,
    });
    // Nothing of it is worth a grace.
    const end = (): void => running.end();
    signal.addEventListener("abort", end);
    try {
      const urls = this.#read(await running.ended, ready, camera);
      this.#keep(camera.id, urls);
      return urls;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
    }
  }

  #ports(ready: ReadySource, signal: AbortSignal): HostPorts {
    const lines = new SourceLog(this.#settings.log, ready.source.id);
    const at =
      (level: keyof Log): Log["debug"] =>
      (message, fields) =>
        lines.write(level, message, fields);
    const log: Log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
    const forbid = (call: string) => (): never => {
      throw protocolBroken(`called ${call} while it resolved a camera`);
    };
    return {
      transport: transportFor(ready, this.#settings, signal, log),
      emit: async () => forbid("emit")(),
      reject: forbid("reject"),
      progress: forbid("progress"),
      partial: forbid("partial"),
      log: (level, message, fields) => lines.write(level, message, fields),
    };
  }

  #read(urls: unknown, ready: ReadySource, camera: ListedCamera): ResolvedUrls {
    const read = ResolvedUrls.safeParse(urls);
    if (!read.success) throw resolvedBadly(cutText(describeIssues(read.error)));
    const { stream_url, snapshot_url } = read.data;
    const { id } = toResolvable(camera);
    const refusal = refusalOf(
      { id, stream_url, snapshot_url },
      { sourceId: ready.source.id, isOpened: openedFor(ready, this.#settings) },
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
