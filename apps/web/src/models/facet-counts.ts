import type { Facets } from "@argus/core";
import { type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import type { CameraSearch, FacetName } from "./camera-search.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";

/** The values of the facet whose menu is open, counted under everything else that is chosen. */
export class FacetCounts {
  readonly open: Signal<FacetName | null> = signal(null);
  readonly values: Signal<Facets[FacetName] | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);

  readonly #api: Pick<Api, "facets">;
  readonly #search: CameraSearch;
  readonly #calls = new Latest();

  constructor(api: Pick<Api, "facets">, search: CameraSearch) {
    this.#api = api;
    this.#search = search;
  }

  show(facet: FacetName): void {
    this.open.value = facet;
    this.values.value = null;
    this.reload();
  }

  close(): void {
    this.open.value = null;
    this.#calls.cancel();
  }

  reload(): void {
    const facet = this.open.peek();
    if (facet === null) return;
    this.problem.value = null;
    void this.#calls.run((signal) => this.#api.facets(this.#search.filterWithout(facet), { signal }), {
      value: (facets) => (this.values.value = facets[facet]),
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  dispose(): void {
    this.close();
  }
}
