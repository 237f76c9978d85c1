import { Fragment } from "preact";
import { useRef } from "preact/hooks";

import { count, countryName, kindName } from "../format.ts";
import { type ChoiceName, CHOICES, type FacetName, FACETS } from "../models/camera-search.ts";
import { useApp } from "./app-context.ts";
import { CollectionFilter } from "./collection-filter.tsx";
import { Icon } from "./icons.tsx";
import { Notice } from "./notice.tsx";
import { SEARCH_BOX } from "./search-box.tsx";
import { useDismiss } from "./use-dismiss.ts";

/** Beyond this many values a menu is too long to be looked through; the search box finds the rest. */
const MAX_VALUES = 250;

export function FacetBar() {
  const { facets } = useApp();
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, facets.open.value !== null, () => facets.close());
  return (
    <div class="menu-anchor" ref={box}>
      <div class="facets">
        {FACETS.map((facet) => (
          // The menu follows its button, so that Tab leads into it.
          <Fragment key={facet}>
            <FacetButton facet={facet} />
            {facets.open.value === facet && <FacetMenu facet={facet} />}
          </Fragment>
        ))}
        <FavouriteToggle />
        <CollectionFilter />
        <ViewToggle />
        <DuplicatesToggle />
      </div>
      <Chips />
    </div>
  );
}

function FavouriteToggle() {
  const { search } = useApp();
  return (
    <button
      type="button"
      class="button facet-button is-half"
      aria-pressed={search.favourite.value}
      title="Show only favourites"
      onClick={() => (search.favourite.value = !search.favourite.value)}
    >
      <span>Favourites</span>
      <Icon name="star" />
    </button>
  );
}

function ViewToggle() {
  const { search } = useApp();
  return (
    <button
      type="button"
      class="button facet-button is-half"
      aria-pressed={search.inView.value}
      title="List only the cameras the map shows"
      onClick={() => search.narrowTo(null, !search.inView.value)}
    >
      <span>In map view</span>
    </button>
  );
}

function DuplicatesToggle() {
  const { search } = useApp();
  return (
    <button
      type="button"
      class="button facet-button is-half"
      aria-pressed={search.showsDuplicates.value}
      title="Show a view that several sources list once for each of them"
      onClick={() => (search.showsDuplicates.value = !search.showsDuplicates.value)}
    >
      <span>Show duplicates</span>
    </button>
  );
}

function FacetButton({ facet }: { facet: FacetName }) {
  const { facets, search } = useApp();
  const open = facets.open.value === facet;
  const chosen = search.chosen.value[facet].length;
  return (
    <button
      type="button"
      class="button facet-button"
      aria-expanded={open}
      aria-controls="facet-menu"
      data-chosen={chosen > 0}
      onClick={() => (open ? facets.close() : facets.show(facet))}
    >
      <span class="facet-name">{facet}</span>
      {chosen > 0 && <span class="facet-chosen">{chosen}</span>}
      <Icon name="down" />
    </button>
  );
}

function FacetMenu({ facet }: { facet: FacetName }) {
  const { facets, search } = useApp();
  const name = useValueName();
  const values = facets.values.value;
  const chosen = search.chosen.value[facet];
  // What was chosen stays to be unchosen, even where nothing of it is left.
  const gone =
    values === null
      ? []
      : chosen.filter((value) => !values.some((other) => other.value === value)).map((value) => ({ value, count: 0 }));
  return (
    <fieldset class="menu facet-menu" id="facet-menu">
      <legend class="visually-hidden">Show only these: {facet}</legend>
      {facets.problem.value !== null && <Notice problem={facets.problem.value} />}
      {values === null && facets.problem.value === null && <p class="menu-note">Counting…</p>}
      {values?.length === 0 && gone.length === 0 && <p class="menu-note">No camera says.</p>}
      {[...gone, ...(values ?? []).slice(0, MAX_VALUES)].map((value) => (
        <label key={value.value} class="menu-item check">
          <input
            type="checkbox"
            checked={chosen.includes(value.value)}
            onChange={() => search.toggle(facet, value.value)}
          />
          <span class="check-text">{name(facet, value.value)}</span>
          <span class="menu-hint num">{count(value.count)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Chips() {
  const { search } = useApp();
  const name = useValueName();
  const box = useRef<HTMLUListElement>(null);
  const chips: { key: string; label: string; what: string; remove: () => void }[] = CHOICES.flatMap((choice) =>
    search.chosen.value[choice].map((value) => ({
      key: `${choice}:${value}`,
      label: name(choice, value),
      what: `${choice} ${name(choice, value)}`,
      remove: () => search.toggle(choice, value),
    })),
  );
  if (search.place.value !== null)
    chips.push({ key: "place", label: "One place", what: "the place", remove: () => search.narrowTo(null) });
  if (chips.length === 0) return null;
  return (
    <ul class="chips" ref={box}>
      {chips.map(({ key, label, what, remove }) => (
        <li key={key}>
          <button
            type="button"
            class="chip"
            aria-label={`Remove ${what}`}
            onClick={(event) => {
              focusAfter(event.currentTarget, box.current);
              remove();
            }}
          >
            {label}
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The chip that is pressed goes: the keyboard goes on at its neighbour, else in the search box. */
function focusAfter(chip: HTMLElement, box: HTMLElement | null): void {
  const chips = [...(box?.querySelectorAll<HTMLElement>(".chip") ?? [])];
  const at = chips.indexOf(chip);
  (chips[at + 1] ?? chips[at - 1] ?? document.getElementById(SEARCH_BOX))?.focus();
}

function useValueName(): (choice: ChoiceName, value: string) => string {
  const { mine, registry } = useApp();
  return (choice, value) => {
    if (choice === "source") return registry.nameOf(value);
    if (choice === "country") return countryName(value);
    if (choice === "collection") return mine.collections.nameOf(value);
    return `${value.toUpperCase()} – ${kindName(value)}`;
  };
}
