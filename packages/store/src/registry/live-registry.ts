import { type Clock, describeError, isoNow, type Log } from "@argus/core";

import { storeClosed } from "../errors.ts";
import type { StoreLocation } from "../location.ts";
import { openEngine } from "../open-engine.ts";
import { IndexSnapshot } from "../snapshot/index-snapshot.ts";
import { WriteQueue } from "../write-queue.ts";
import { Registry } from "./registry.ts";

/** Rounds of catching up before an answer: one that was under way may have begun before what must be seen. */
const ROUNDS = 2;
/** How long closing may take for keeping the index, in milliseconds: most who end a program wait for ten seconds. */
const KEEP_LIMIT_MS = 5000;

export type LiveOptions = {
  readonly location: StoreLocation;
  readonly index: "memory" | "none";
  readonly busyTimeoutMs: number;
  readonly log: Log;
  readonly clock: Clock;
  /** An index with fewer cameras is not kept for the next start; only tests say how many. */
  readonly leastCameras?: number;
};

/** The registry in use, from the first call to the last: one in memory until the database is connected. */
export class LiveRegistry {
  readonly #options: LiveOptions;
  readonly #queue = new WriteQueue();
  #registry: Registry | null = null;
  #connecting: Promise<void> | null = null;
  #connected = false;
  #following: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #stopListening: () => void = () => {};
  /** Given when the store is to be closed. */
  readonly #stopping = new AbortController();

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** What there is without waiting; null before the first call. */
  get current(): Registry | null {
    return this.#registry;
  }

  /** Calls share one attempt; a failed one may be repeated. */
  async connect(): Promise<void> {
    this.assertOpen();
    this.#connecting ??= this.#queue.run(() => this.#open());
    const attempt = this.#connecting;
    try {
      await attempt;
    } catch (error) {
      if (this.#connecting === attempt) this.#connecting = null;
      throw error;
    }
  }

  async #open(): Promise<void> {
    const { location, log } = this.#options;
    if (location.engine === "memory") await this.#present();
    else await this.#replace(await this.#openRegistry(location));
    this.#connected = true;
    log.info("store connected", { engine: location.engine, name: this.#registry?.engine.name });
  }

  /** Puts the database's registry in the place of the one in memory. */
  async #replace(registry: Registry): Promise<void> {
    const before = this.#registry;
    try {
      await registry.catchUp();
      if (before !== null) await registry.absorb(before, isoNow(this.#options.clock));
    } catch (error) {
      await registry.engine.close();
      throw error;
    }
    this.#registry = registry;
    this.#stopListening = registry.engine.onChange(() => void this.#follow(registry));
    await before?.engine.close();
    void this.#keepIndex(registry).then(() =>
      registry.prepareSearch({ stop: this.#stopping.signal, log: this.#options.log }),
    );
  }

  /** After a slow start, so that the next one is none. */
  async #keepIndex({ keeper }: Registry): Promise<void> {
    const { signal } = this.#stopping;
    if (keeper === null || !keeper.isWanted) return;
    try {
      await keeper.prepare(signal);
      await this.#queue.run(async () => signal.aborted || keeper.save(signal));
    } catch {
      // Closed meanwhile, or too much waits to be written: closing keeps it.
    }
  }

  async #openRegistry(location: StoreLocation): Promise<Registry> {
    const { busyTimeoutMs, log, index, leastCameras } = this.#options;
    const engine = await openEngine(location, { busyTimeoutMs, log });
    return new Registry(engine, index, IndexSnapshot.of(engine, { log, leastCameras }));
  }

  /** Waits for the writes already asked for, then lets go of the database. */
  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    this.#stopping.abort();
    await this.#queue.idle();
    this.#connected = false;
    this.#stopListening();
    const { keeper } = this.#registry ?? {};
    await this.#queue.run(async () => keeper?.save(AbortSignal.timeout(KEEP_LIMIT_MS)));
    await this.#registry?.engine.close();
  }

  /** Runs a task after those before it. */
  async write<Result>(task: (registry: Registry) => Promise<Result>): Promise<Result> {
    this.assertOpen();
    return this.#queue.run(async () => task(await this.#present()));
  }

  /** The registry with what other programs have written; without it when the database cannot be read just now. */
  async fresh(): Promise<Registry> {
    this.assertOpen();
    const registry = this.#registry ?? (await this.#queue.run(() => this.#present()));
    for (let round = 0; round < ROUNDS && registry.isBehind; round += 1) await this.#follow(registry);
    this.assertOpen();
    return this.#registry ?? registry;
  }

  /** However many ask, one catches up for all. */
  #follow(registry: Registry): Promise<void> {
    this.#following ??= this.#catchUp(registry).finally(() => (this.#following = null));
    return this.#following;
  }

  async #catchUp(registry: Registry): Promise<void> {
    try {
      await this.#queue.run(() => registry.catchUp());
    } catch (error) {
      const reason = describeError(error);
      this.#options.log.warn("store answers from what it knows, the database cannot be read", { reason });
    }
  }

  /** To be called within the queue. */
  async #present(): Promise<Registry> {
    if (this.#registry === null) {
      const registry = await this.#openRegistry({ engine: "memory" });
      await registry.catchUp();
      this.#registry = registry;
    }
    return this.#registry;
  }

  /** @throws ArgusError ARGUS_STORE_CLOSED. */
  assertOpen(): void {
    if (this.#closing !== null) throw storeClosed();
  }
}
