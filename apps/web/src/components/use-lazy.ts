import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { type Problem, problemOf } from "../models/problem.ts";

export type Lazy<Module> = { module: Module | null; problem: Problem | null };

/** Loads a part of the page that the first paint does without. A browser may remember a failed import until a reload. */
export function useLazy<Module>(load: () => Promise<Module>): Lazy<Module> {
  const state: Signal<Lazy<Module>> = useSignal<Lazy<Module>>({ module: null, problem: null });
  useEffect(() => {
    let left = false;
    load().then(
      (module) => left || (state.value = { module, problem: null }),
      (error: unknown) => left || (state.value = { module: null, problem: { ...problemOf(error), advice: RELOAD } }),
    );
    return () => void (left = true);
  }, []);
  return state.value;
}

const RELOAD = "This part of the page could not be loaded. Reload the page once the server answers.";
