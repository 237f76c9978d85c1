import { setTimeout as wait } from "node:timers/promises";

import { tooManyWaiting } from "./errors.ts";

const MAX_WAITING = 1000;

type Lane = { active: number; nextStart: number; delayMs: number; waiting: Set<() => void> };

/** Lets a few requests at a time through to each host, and no two start closer together than the delay. */
export class HostGate {
  readonly #concurrency: number;
  readonly #delayMs: number;
  readonly #lanes = new Map<string, Lane>();

  constructor(options: { concurrency: number; delayMs: number }) {
    this.#concurrency = options.concurrency;
    this.#delayMs = options.delayMs;
  }

  /** Waits for a slot and for the host's turn; disposing what it returns frees the slot. Rejects with the signal's reason. */
  async enter(host: string, signal: AbortSignal): Promise<Disposable> {
    signal.throwIfAborted();
    const lane = this.#lane(host);
    if (lane.active < this.#concurrency) lane.active += 1;
    else await this.#slot(host, lane, signal);
    try {
      await this.pace(host, signal);
    } catch (error) {
      release(lane);
      throw error;
    }
    return { [Symbol.dispose]: () => release(lane) };
  }

  /** Waits for the host's turn without taking a slot: for a retry or a redirect, whose request holds one already. */
  async pace(host: string, signal: AbortSignal): Promise<void> {
    const lane = this.#lane(host);
    const now = performance.now();
    const start = Math.max(now, lane.nextStart);
    lane.nextStart = start + lane.delayMs;
    if (start <= now) return;
    try {
      await wait(start - now, undefined, { signal });
    } catch {
      signal.throwIfAborted();
    }
  }

  /** Keeps at least this long between requests to a host, its next one included. */
  slowDown(host: string, delayMs: number): void {
    const lane = this.#lane(host);
    if (delayMs <= lane.delayMs) return;
    lane.nextStart += delayMs - lane.delayMs;
    lane.delayMs = delayMs;
  }

  #lane(host: string): Lane {
    const known = this.#lanes.get(host);
    if (known !== undefined) return known;
    const lane: Lane = { active: 0, nextStart: 0, delayMs: this.#delayMs, waiting: new Set() };
    this.#lanes.set(host, lane);
    return lane;
  }

  async #slot(host: string, lane: Lane, signal: AbortSignal): Promise<void> {
    if (lane.waiting.size >= MAX_WAITING) throw tooManyWaiting(host, MAX_WAITING);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const give = (): void => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      lane.waiting.delete(give);
      reject(signal.reason);
    };
    lane.waiting.add(give);
    signal.addEventListener("abort", leave, { once: true });
    await promise;
  }
}

// The slot goes straight to the next in line, so that nobody can slip in between.
function release(lane: Lane): void {
  const [next] = lane.waiting;
  if (next === undefined) {
    lane.active -= 1;
    return;
  }
  lane.waiting.delete(next);
  next();
}
