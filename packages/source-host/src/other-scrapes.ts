import { describeFault } from "./bounded-text.ts";
import type { RunSettings } from "./run-settings.ts";

/** So many saves of a scrape may be missing before it counts as one that nobody runs. */
const BEATS = 3;

/** Ends the stored scrapes that have not ended and are not alive; answers how many those were. */
export type EndInterrupted = (isAlive: (scrapeId: string) => Promise<boolean>) => Promise<number>;

/**
 * Tells scrapes that other servers on the same store run from those that nobody runs any more: the former are saved again
 * and again. What counts is that a save has come between two looks, and not when, for servers' clocks differ.
 */
export class OtherScrapes implements Disposable {
  readonly #settings: Pick<RunSettings, "store" | "log" | "limits">;
  readonly #endInterrupted: EndInterrupted;
  /** When each was saved last, as of the last look. */
  #seen: ReadonlyMap<string, string | null> = new Map();
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;

  constructor(settings: Pick<RunSettings, "store" | "log" | "limits">, endInterrupted: EndInterrupted) {
    this.#settings = settings;
    this.#endInterrupted = endInterrupted;
  }

  /** Ends those that were not saved since the last look; looks again later, as long as there are others. */
  async look(): Promise<number> {
    const seen = new Map<string, string | null>();
    const ended = await this.#endInterrupted(async (id) => {
      const savedAt = await this.#settings.store.savedAt(id);
      if (this.#seen.has(id) && this.#seen.get(id) === savedAt) return false;
      seen.set(id, savedAt);
      return true;
    });
    this.#seen = seen;
    if (seen.size > 0) this.#plan();
    return ended;
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#isOver) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#lookAgain(), BEATS * this.#settings.limits.beatMs).unref();
  }

  async #lookAgain(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      // Nobody could save anything meanwhile.
      this.#seen = new Map();
      this.#settings.log.debug("other servers' scrapes cannot be read just now", { reason: describeFault(error) });
      this.#plan();
    }
  }
}
