import type { ListedCamera } from "@argus/core";

import { emitNotAwaited } from "./errors.ts";

export type CameraBatchesOptions = {
  write: (cameras: readonly ListedCamera[]) => Promise<void>;
  /** Cameras per write. */
  size: number;
  /** Milliseconds a camera waits for its batch to fill. */
  delayMs: number;
  /** The most cameras that may wait. */
  maxWaiting: number;
  /** Called once, when a write fails; nothing is written after that. */
  onFailure: (error: unknown) => void;
};

/**
 * The queue between a source and the store: one batch is written while the next one fills, and whoever adds to a full
 * one waits.
 */
export class CameraBatches {
  readonly #options: CameraBatchesOptions;
  readonly #queue: ListedCamera[] = [];
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failure: { error: unknown } | null = null;

  constructor(options: CameraBatchesOptions) {
    this.#options = options;
  }

  /**
   * Queues the camera at once; settles when there is room for the next.
   * @throws the store's error once a write has failed; ArgusError ARGUS_SCRAPE_FLOODED when too many wait.
   */
  async add(camera: ListedCamera): Promise<void> {
    this.#throwFailure();
    const { size, maxWaiting } = this.#options;
    if (this.#queue.length >= maxWaiting) throw emitNotAwaited(maxWaiting);
    this.#queue.push(camera);
    if (this.#queue.length >= size) this.#write();
    else this.#writeLater();
    while (this.#queue.length >= size) await this.#writing;
    this.#throwFailure();
  }

  /** Writes all that waits. @throws the store's error when any write has failed. */
  async drain(): Promise<void> {
    while (this.#writing !== null || this.#queue.length > 0) {
      this.#write();
      await this.#writing;
    }
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing ??= this.#writeBatch();
  }

  #writeLater(): void {
    if (this.#writing !== null || this.#timer !== null || this.#queue.length === 0) return;
    this.#timer = setTimeout(() => this.#write(), this.#options.delayMs);
  }

  async #writeBatch(): Promise<void> {
    const { size, write, onFailure } = this.#options;
    try {
      await write(this.#queue.splice(0, size));
    } catch (error) {
      this.#failure = { error };
      this.#queue.length = 0;
      onFailure(error);
    }
    this.#writing = null;
    if (this.#queue.length >= size) this.#write();
    else this.#writeLater();
  }
}
