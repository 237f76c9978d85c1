import type { SourceInfo } from "@argus/core";
import { batch, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";

/** What the registry holds: its sources and how many cameras; null while not known. */
export class Registry {
  readonly cameras: Signal<number | null> = signal(null);
  readonly located: Signal<number | null> = signal(null);
  readonly sources: Signal<readonly SourceInfo[] | null> = signal(null);
  readonly version: Signal<string | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);

  readonly #api: Pick<Api, "health" | "sources" | "countLocated">;
  readonly #calls = new Latest();

  constructor(api: Pick<Api, "health" | "sources" | "countLocated">) {
    this.#api = api;
  }

  refresh(): void {
    const ask = (signal: AbortSignal) =>
      Promise.all([this.#api.health({ signal }), this.#api.sources({ signal }), this.#api.countLocated({}, signal)]);
    void this.#calls.run(ask, {
      value: ([health, sources, located]) =>
        batch(() => {
          this.cameras.value = health.store.cameras;
          this.version.value = health.version;
          this.sources.value = sources;
          this.located.value = located;
          this.problem.value = null;
        }),
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  nameOf(sourceId: string): string {
    return this.sources.value?.find(({ id }) => id === sourceId)?.name ?? sourceId;
  }

  dispose(): void {
    this.#calls.cancel();
  }
}
