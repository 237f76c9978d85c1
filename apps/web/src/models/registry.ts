import type { Bbox, SourceInfo } from "@argus/core";
import { batch, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";
import { withDistinctNames } from "./source-facts.ts";

/** Sources of imported cameras, as core has them; importing it from there would bring zod along. */
const OWN = /^own(?:-(?<name>.+))?$/u;

/** Whether the user brought these cameras along. */
export function isOwn(sourceId: string): boolean {
  return OWN.test(sourceId);
}

/** What the registry holds: its sources and how many cameras; null while not known. */
export class Registry {
  readonly cameras: Signal<number | null> = signal(null);
  readonly located: Signal<number | null> = signal(null);
  /** The smallest box that holds every located camera; null when there is none. */
  readonly extent: Signal<Bbox | null> = signal(null);
  readonly sources: Signal<readonly SourceInfo[] | null> = signal(null);
  readonly version: Signal<string | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);

  readonly #api: Pick<Api, "health" | "sources" | "extent">;
  readonly #calls = new Latest();

  constructor(api: Pick<Api, "health" | "sources" | "extent">) {
    this.#api = api;
  }

  refresh(): void {
    const ask = (signal: AbortSignal) =>
      Promise.all([this.#api.health({ signal }), this.#api.sources({ signal }), this.#api.extent({}, { signal })]);
    void this.#calls.run(ask, {
      value: ([health, sources, { bbox, located }]) =>
        batch(() => {
          this.cameras.value = health.store.cameras;
          this.version.value = health.version;
          this.sources.value = withDistinctNames(sources);
          this.located.value = located;
          // The same box is no news.
          if (String(bbox) !== String(this.extent.peek())) this.extent.value = bbox;
          this.problem.value = null;
        }),
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  nameOf(sourceId: string): string {
    const own = OWN.exec(sourceId);
    if (own !== null) return own.groups?.["name"] === undefined ? "Own cameras" : `Own: ${own.groups["name"]}`;
    return this.sources.value?.find(({ id }) => id === sourceId)?.name ?? sourceId;
  }

  dispose(): void {
    this.#calls.cancel();
  }
}
