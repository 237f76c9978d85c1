import type { Camera, Clock } from "@argus/core";

import type { Random } from "./backoff.ts";
import { ByteLru } from "./byte-lru.ts";
import type { Address, CameraAddresses } from "./camera-addresses.ts";
import type { Egress } from "./egress.ts";
import { busy } from "./errors.ts";
import { FailureMemory } from "./failure-memory.ts";
import type { StreamLimits } from "./limits.ts";
import { SharedTask } from "./shared-task.ts";
import { fetchStill, type Still } from "./still.ts";

const DEFAULT_REFRESH_S = 5;
const MIN_REFRESH_S = 1;
const MAX_REFRESH_S = 60;
const MS_PER_S = 1000;

/** A still, and until when (milliseconds since 1970) it is handed out without asking the origin again. */
export type Snapshot = Still & { readonly freshUntil: number };

export type SnapshotsOptions = {
  egress: Egress;
  addresses: CameraAddresses;
  limits: StreamLimits;
  clock: Clock;
  random: Random;
};

/**
 * The newest still of each camera. Callers share one fetch, a still is kept for as long as the origin takes to make the
 * next, and a camera that failed is left alone for a while, in which every caller gets its error.
 */
export class Snapshots {
  readonly #options: SnapshotsOptions;
  readonly #kept: ByteLru<Snapshot>;
  readonly #failures: FailureMemory;
  readonly #running: Map<string, SharedTask<Snapshot>> = new Map();

  constructor(options: SnapshotsOptions) {
    const { limits, clock, random } = options;
    this.#options = options;
    this.#kept = new ByteLru({ entries: limits.snapshots, bytes: limits.snapshotBytes }, ({ jpeg }) => jpeg.length);
    this.#failures = new FailureMemory(clock, random);
  }

  /** @throws ArgusError; or the signal's reason, which ends the fetch only when nobody else waits for it. */
  async get(camera: Camera, signal: AbortSignal): Promise<Snapshot> {
    signal.throwIfAborted();
    const address = this.#options.addresses.snapshot(camera);
    const { key } = address;
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#options.clock() < kept.freshUntil) return kept;
    this.#failures.check(key);
    return await this.#task(camera, address).join(signal);
  }

  /** Milliseconds until a camera that failed may be asked again. */
  waitMs(camera: Camera): number {
    return this.#failures.waitMs(this.#options.addresses.snapshot(camera).key);
  }

  clear(): void {
    this.#kept.clear();
  }

  #task(camera: Camera, address: Address): SharedTask<Snapshot> {
    const { key, host } = address;
    const running = this.#running.get(key);
    if (running !== undefined && !running.abandoned) return running;
    if (this.#running.size >= this.#options.limits.snapshotFetches) {
      throw busy(host, `${this.#running.size} other stills are being fetched`);
    }
    const task = new SharedTask((signal) => this.#fetch(camera, address, signal));
    this.#running.set(key, task);
    void task.settled.then(() => {
      if (this.#running.get(key) === task) this.#running.delete(key);
    });
    return task;
  }

  async #fetch(camera: Camera, address: Address, signal: AbortSignal): Promise<Snapshot> {
    const { key } = address;
    const { egress, limits, clock } = this.#options;
    try {
      const previous = this.#kept.get(key) ?? null;
      const options = { egress, limits, clock, signal };
      const still = await address.with(signal, (url) => fetchStill(url, previous, options));
      const snapshot = { ...still, freshUntil: clock() + refreshMs(camera) };
      this.#kept.set(key, snapshot);
      this.#failures.clear(key);
      return snapshot;
    } catch (error) {
      if (!signal.aborted && error instanceof Error) this.#failures.record(key, error);
      throw error;
    }
  }
}

/** Milliseconds between two stills of a camera: what its source says, within 1 s and 60 s; 5 s when it says nothing. */
export function refreshMs(camera: Camera): number {
  return Math.min(MAX_REFRESH_S, Math.max(MIN_REFRESH_S, camera.refresh_s ?? DEFAULT_REFRESH_S)) * MS_PER_S;
}
