import type { CameraFilter, CameraSort, Facets, StreamKind } from "@argus/core";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

export type Bbox = NonNullable<CameraFilter["bbox"]>;
/** The facets one can choose from. */
export const FACETS = ["source", "country", "kind"] as const satisfies readonly (keyof Facets)[];
export type FacetName = (typeof FACETS)[number];
export type Chosen = Readonly<Record<FacetName, readonly string[]>>;

/** As core's filter allows. */
export const MAX_TEXT = 200;
const MAX_CHOSEN = 50;
const DEBOUNCE_MS = 250;
const NOTHING: Chosen = { source: [], country: [], kind: [] };

/** Which cameras a search selects; what selects everything is left out. */
export function filterOf(text: string, chosen: Chosen, bbox: Bbox | null): CameraFilter {
  const q = text.trim().slice(0, MAX_TEXT);
  return {
    ...(q === "" ? {} : { q }),
    ...(chosen.source.length === 0 ? {} : { source: [...chosen.source] }),
    ...(chosen.country.length === 0 ? {} : { country: [...chosen.country] }),
    ...(chosen.kind.length === 0 ? {} : { kind: [...chosen.kind] as StreamKind[] }),
    ...(bbox === null ? {} : { bbox }),
  };
}

/** What the user looks for: typed words, chosen facets, and whether only what the map shows. */
export class CameraSearch {
  /** As typed; what is looked for follows a moment later. */
  readonly text: Signal<string> = signal("");
  readonly chosen: Signal<Chosen> = signal(NOTHING);
  readonly inView: Signal<boolean> = signal(false);
  readonly sort: Signal<CameraSort> = signal("name");
  /** What the map shows; null before there is one. */
  readonly view: Signal<Bbox | null> = signal(null);
  /** The filter without the map's view: what the map itself draws. */
  readonly filter: ReadonlySignal<CameraFilter>;
  /** The filter of the list and of exports. */
  readonly listFilter: ReadonlySignal<CameraFilter>;
  readonly active: ReadonlySignal<boolean>;
  readonly dispose: () => void;

  constructor() {
    const words = signal("");
    this.filter = computed(() => filterOf(words.value, this.chosen.value, null));
    this.listFilter = computed(() =>
      this.inView.value ? filterOf(words.value, this.chosen.value, this.view.value) : this.filter.value,
    );
    this.active = computed(() => Object.keys(this.filter.value).length > 0 || this.inView.value);
    this.dispose = effect(() => {
      const typed = this.text.value;
      // An emptied box is meant at once; typing is waited for.
      const timer = setTimeout(() => (words.value = typed.trim()), typed === "" ? 0 : DEBOUNCE_MS);
      return () => clearTimeout(timer);
    });
  }

  toggle(facet: FacetName, value: string): void {
    const values = this.chosen.value[facet];
    const next = values.includes(value)
      ? values.filter((other) => other !== value)
      : [...values, value].slice(-MAX_CHOSEN);
    this.chosen.value = { ...this.chosen.value, [facet]: next };
  }

  /** The filter a facet's own counts are taken under: everything but that facet. */
  filterWithout(facet: FacetName): CameraFilter {
    const { [facet]: _own, ...rest } = this.listFilter.value;
    return rest;
  }

  clear(): void {
    this.text.value = "";
    this.chosen.value = NOTHING;
    this.inView.value = false;
  }
}
