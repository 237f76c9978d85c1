import { describeError, type Log } from "@argus/core";

import { backoffMs, type Random } from "./backoff.ts";
import { closed } from "./errors.ts";
import type { StreamLimits } from "./limits.ts";
import type { Multipart } from "./multipart.ts";
import { race, sleep, type Timer } from "./timer.ts";
import type { Picture, Upstream } from "./upstream.ts";
import { Viewer } from "./viewer.ts";

export type ChannelOptions = {
  upstream: Upstream;
  multipart: Multipart;
  limits: Pick<StreamLimits, "lingerMs" | "reconnects">;
  timer: Timer;
  random: Random;
  log: Log;
  /** Called once, when the channel is over and takes no more viewers. */
  ended: (channel: Channel) => void;
};

/** A camera that somebody watches: one upstream, any number of viewers, and the picture they saw last. */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #viewers: Set<Viewer> = new Set();
  readonly #stop: AbortController = new AbortController();
  readonly #first: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #last: (Picture & { part: Uint8Array }) | null = null;
  #cancelLinger: (() => void) | null = null;
  /** Resolves when nothing of the channel is left running. */
  readonly done: Promise<void>;

  constructor(options: ChannelOptions) {
    this.#options = options;
    // Whoever joins waits for it; nobody may have.
    this.#first.promise.catch(() => undefined);
    this.done = this.#run();
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  get last(): Picture | null {
    return this.#last;
  }

  /**
   * Resolves with the first picture. The viewer leaves when the signal aborts.
   * @throws what the upstream failed with before any picture; or the signal's reason.
   */
  async join(signal: AbortSignal): Promise<Viewer> {
    const { multipart, timer } = this.#options;
    const leave = (): void => viewer.end();
    const left = (): void => {
      signal.removeEventListener("abort", leave);
      this.#leave(viewer);
    };
    const viewer = new Viewer({ opening: multipart.opening, timer, left });
    this.#add(viewer);
    try {
      await race(this.#first.promise, { signal });
    } catch (error) {
      viewer.end();
      throw error;
    }
    signal.addEventListener("abort", leave, { once: true });
    return viewer;
  }

  close(): void {
    this.#finish(null);
  }

  #add(viewer: Viewer): void {
    this.#cancelLinger?.();
    this.#cancelLinger = null;
    this.#viewers.add(viewer);
    if (this.#last !== null) viewer.offer(this.#last.part);
  }

  #leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    if (this.#viewers.size > 0 || this.#stop.signal.aborted) return;
    if (this.#last === null) this.close();
    else this.#cancelLinger = this.#options.timer(this.#options.limits.lingerMs, () => this.close());
  }

  async #run(): Promise<void> {
    // The constructor returns first, so that `ended` finds a channel that is known.
    await Promise.resolve();
    for (let attempt = 1; ; attempt += 1) {
      const { error, pictures } = await this.#watch();
      if (this.#stop.signal.aborted) return;
      if (pictures > 0) attempt = 1;
      if (this.#last === null || attempt > this.#options.limits.reconnects) return this.#giveUp(error);
      if (!(await this.#pause(attempt, error))) return;
    }
  }

  /** Passes pictures on until the upstream fails, as it does sooner or later. */
  async #watch(): Promise<{ error: Error; pictures: number }> {
    let pictures = 0;
    try {
      for await (const picture of this.#options.upstream.pictures(this.#stop.signal)) {
        pictures += 1;
        this.#publish(picture);
      }
      return { error: closed(), pictures };
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)), pictures };
    }
  }

  #giveUp(error: Error): void {
    this.#options.log.info("a stream ended", { reason: describeError(error), had_pictures: this.#last !== null });
    this.#finish(error);
  }

  /** False when the channel was closed meanwhile. */
  async #pause(attempt: number, error: Error): Promise<boolean> {
    const { upstream, timer, random, log } = this.#options;
    // A timer may fire a millisecond before the clock says so, and the attempt would be lost.
    const ms = Math.max(backoffMs(attempt, random), upstream.waitMs() + 1);
    log.info("a stream was lost and is opened again", { reason: describeError(error), attempt, wait_ms: ms });
    try {
      await sleep(ms, timer, this.#stop.signal);
      return true;
    } catch {
      return false;
    }
  }

  #publish(picture: Picture): void {
    const part = this.#options.multipart.part(picture.jpeg, picture.at);
    this.#last = { ...picture, part };
    this.#first.resolve();
    for (const viewer of this.#viewers) viewer.offer(part);
  }

  #finish(error: Error | null): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort(error ?? closed());
    this.#cancelLinger?.();
    this.#first.reject(error ?? closed());
    for (const viewer of this.#viewers) viewer.end(error);
    this.#options.ended(this);
  }
}
