import type { Clock } from "@argus/core";

import { backoffMs, type Random } from "./backoff.ts";
import { ByteLru } from "./byte-lru.ts";

const MAX_REMEMBERED = 10_000;

type Failure = { error: Error; count: number; until: number };

/** Remembers why a camera failed, so that many viewers of a dead one do not become many attempts. */
export class FailureMemory {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #failures: ByteLru<Failure> = new ByteLru({ entries: MAX_REMEMBERED, bytes: MAX_REMEMBERED }, () => 1);

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** @throws the last failure while it is too early to try again. */
  check(key: string): void {
    const failure = this.#failures.get(key);
    if (failure !== undefined && this.#clock() < failure.until) throw failure.error;
  }

  /** Milliseconds until the next attempt is welcome; 0 when it is now. */
  waitMs(key: string): number {
    return Math.max(0, (this.#failures.get(key)?.until ?? 0) - this.#clock());
  }

  record(key: string, error: Error): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { error, count, until: this.#clock() + backoffMs(count, this.#random) });
  }

  clear(key: string): void {
    this.#failures.delete(key);
  }
}
