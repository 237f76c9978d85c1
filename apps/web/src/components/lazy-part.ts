import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { type Problem, problemOf } from "../models/problem.ts";

/** A part of the page that the first paint does without: loaded once, when it is wanted or about to be. */
export class LazyPart<Module> {
  readonly module: Signal<Module | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);
  readonly #import: () => Promise<Module>;
  #isLoading = false;

  constructor(load: () => Promise<Module>) {
    this.#import = load;
  }

  /** Loads it, unless it is there or on its way. A browser may remember a failed import until a reload. */
  async load(): Promise<void> {
    if (this.#isLoading || this.module.peek() !== null) return;
    this.#isLoading = true;
    this.problem.value = null;
    try {
      this.module.value = await this.#import();
    } catch (error) {
      this.problem.value = { ...problemOf(error), advice: RELOAD };
    } finally {
      this.#isLoading = false;
    }
  }
}

export type Lazy<Module> = { module: Module | null; problem: Problem | null };

/** A part that is shown now: there at once if it was loaded before. */
export function useLazy<Module>(part: LazyPart<Module>): Lazy<Module> {
  useEffect(() => void part.load(), [part]);
  return { module: part.module.value, problem: part.problem.value };
}

/** For a button: loads the part as soon as the pointer or the keyboard reaches it, so that pressing it has not to wait. */
export function loadsSoon(part: LazyPart<unknown>): { onPointerEnter: () => void; onFocus: () => void } {
  const load = (): void => void part.load();
  return { onPointerEnter: load, onFocus: load };
}

const RELOAD = "This part of the page could not be loaded. Reload the page once the server answers.";
