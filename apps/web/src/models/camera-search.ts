import type { Bbox, CameraFilter, CameraSort, Facets, StreamKind } from "@argus/core";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** The facets one can choose from, and that the server counts. */
export const FACETS = ["source", "country", "kind"] as const satisfies readonly (keyof Facets)[];
export type FacetName = (typeof FACETS)[number];
/** Everything several values can be chosen of; collections by their id. */
export const CHOICES = [...FACETS, "collection"] as const;
export type ChoiceName = (typeof CHOICES)[number];
export type Chosen = Readonly<Record<ChoiceName, readonly string[]>>;
/** What narrows a search besides words and choices. */
export type Narrowed = { favourite: boolean; bbox: Bbox | null };

/** As core's filter allows. */
export const MAX_TEXT = 200;
const MAX_CHOSEN = 50;
const DEBOUNCE_MS = 250;
export const NOTHING: Chosen = { source: [], country: [], kind: [], collection: [] };

/** Which cameras a search selects; what selects everything is left out. */
export function filterOf(text: string, chosen: Chosen, { favourite, bbox }: Narrowed): CameraFilter {
  const q = text.trim().slice(0, MAX_TEXT);
  return {
    ...(q === "" ? {} : { q }),
    ...(chosen.source.length === 0 ? {} : { source: [...chosen.source] }),
    ...(chosen.country.length === 0 ? {} : { country: [...chosen.country] }),
    ...(chosen.kind.length === 0 ? {} : { kind: [...chosen.kind] as StreamKind[] }),
    ...(chosen.collection.length === 0 ? {} : { collection: [...chosen.collection] }),
    ...(favourite ? { favourite: "yes" as const } : {}),
    ...(bbox === null ? {} : { bbox }),
  };
}

// An id or an address.
const NAMES_ONE = /[:/]/u;

/**
 * The filter without cameras that another one stands for, unless something was asked for that may be one of those: what
 * somebody keeps, an id, an address. Those of one source stand for nothing but themselves.
 */
export function withoutDuplicates(filter: CameraFilter): CameraFilter {
  const { collection, favourite, q = "", source } = filter;
  const asksForThem = collection !== undefined || favourite !== undefined || source?.length === 1 || NAMES_ONE.test(q);
  return asksForThem ? filter : { ...filter, duplicates: "hide" };
}

/** What the user looks for: typed words, chosen facets, and whether only what the map shows. */
export class CameraSearch {
  /** As typed; what is looked for follows a moment later. */
  readonly text: Signal<string> = signal("");
  readonly chosen: Signal<Chosen> = signal(NOTHING);
  readonly favourite: Signal<boolean> = signal(false);
  /** One place, whose cameras the map cannot part; the list shows them, the map stays as it is. */
  readonly place: Signal<Bbox | null> = signal(null);
  readonly inView: Signal<boolean> = signal(false);
  /** Whether a view that several sources list is shown once for each of them. */
  readonly showsDuplicates: Signal<boolean> = signal(false);
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
    const filter = (bbox: Bbox | null): CameraFilter =>
      this.#shown(filterOf(words.value, this.chosen.value, { favourite: this.favourite.value, bbox }));
    this.filter = computed(() => filter(null));
    this.listFilter = computed(() => {
      if (this.place.value !== null) return filter(this.place.value);
      return this.inView.value ? filter(this.view.value) : this.filter.value;
    });
    this.active = computed(
      () =>
        Object.keys(this.filter.value).some((key) => key !== "duplicates") ||
        this.inView.value ||
        this.place.value !== null,
    );
    this.dispose = effect(() => {
      const typed = this.text.value;
      // An emptied box is meant at once; typing is waited for.
      const timer = setTimeout(() => (words.value = typed.trim()), typed === "" ? 0 : DEBOUNCE_MS);
      return () => clearTimeout(timer);
    });
  }

  toggle(choice: ChoiceName, value: string): void {
    const values = this.chosen.value[choice];
    const next = values.includes(value)
      ? values.filter((other) => other !== value)
      : [...values, value].slice(-MAX_CHOSEN);
    this.chosen.value = { ...this.chosen.value, [choice]: next };
  }

  /** Lists one place's cameras, or what the map shows, but not both. */
  narrowTo(place: Bbox | null, inView = false): void {
    batch(() => {
      this.place.value = place;
      this.inView.value = inView;
    });
  }

  /** Leaves out chosen values that are no more. */
  forget(choice: ChoiceName, isThere: (value: string) => boolean): void {
    const left = this.chosen.value[choice].filter((value) => isThere(value));
    if (left.length < this.chosen.value[choice].length) this.chosen.value = { ...this.chosen.value, [choice]: left };
  }

  /** The filter a facet's own counts are taken under: everything but that facet. */
  filterWithout(facet: FacetName): CameraFilter {
    const { [facet]: _own, duplicates: _shown, ...rest } = this.listFilter.value;
    return this.#shown(rest);
  }

  #shown(filter: CameraFilter): CameraFilter {
    return this.showsDuplicates.value ? filter : withoutDuplicates(filter);
  }

  clear(): void {
    batch(() => {
      this.text.value = "";
      this.chosen.value = NOTHING;
      this.favourite.value = false;
      this.narrowTo(null);
    });
  }
}
