import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** How often a still is fetched anew, where there are few enough of them. */
export const STILL_EVERY_MS = 10_000;
/** After one that could not be had: nobody wants to be asked in vain every few seconds. */
const AFTER_FAULT_MS = 120_000;
/** One that has not come by then is passed over. */
const PATIENCE_MS = 20_000;

/**
 * Stills of the cameras whose picture does not run. They are fetched one after the other, so that they take no more than
 * one connection from the pictures that do.
 */
export class Stills {
  /** What the `<img>` of each camera is to load. */
  readonly urls: Signal<ReadonlyMap<string, string>> = signal(new Map());
  readonly dispose: () => void;

  readonly #urlOf: (id: string, at: number) => string;
  readonly #clock: () => number;
  readonly #dueAt = new Map<string, number>();
  #wanted: readonly string[] = [];
  #underWay: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    urlOf: (id: string, at: number) => string,
    wanted: ReadonlySignal<readonly string[]>,
    clock: () => number = Date.now,
  ) {
    this.#urlOf = urlOf;
    this.#clock = clock;
    const stop = effect(() => {
      this.#wanted = wanted.value;
      if (this.#underWay === null || !this.#wanted.includes(this.#underWay)) this.#next();
    });
    this.dispose = () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  /** The camera's `<img>` has its still, or has given up. */
  done(id: string, had = true): void {
    if (!had) this.#dueAt.set(id, this.#clock() + AFTER_FAULT_MS);
    if (id === this.#underWay) this.#next();
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#underWay = null;
    const [id] = this.#wanted.toSorted((a, b) => this.#due(a) - this.#due(b));
    if (id === undefined) return;
    const wait = this.#due(id) - this.#clock();
    if (wait > 0) this.#timer = setTimeout(() => this.#next(), wait);
    else this.#ask(id);
  }

  #ask(id: string): void {
    const now = this.#clock();
    this.#underWay = id;
    this.#dueAt.set(id, now + STILL_EVERY_MS);
    this.#timer = setTimeout(() => this.#next(), PATIENCE_MS);
    this.urls.value = new Map(this.urls.peek()).set(id, this.#urlOf(id, now));
  }

  #due(id: string): number {
    return this.#dueAt.get(id) ?? 0;
  }
}
