import type { SourceInfo } from "@argus/core";

import { countryName } from "../format.ts";
import { isUsable } from "../models/source-facts.ts";
import { stateWords } from "./source-words.ts";

const TITLES = { used: "In use", ready: "Ready to read", needs: "Need something first" } as const;
/** These want somebody, so they come first. */
const WANTING: ReadonlySet<string> = new Set(["held", "paused", "failed", "broken", "unconfigured"]);
const COUNTRY_CODE = /\b[A-Z]{2}\b/gu;
const NAMES = new Intl.Collator("en", { sensitivity: "base", numeric: true });

export type ShelfName = keyof typeof TITLES;
/** Sources that stand together, by id. */
export type Shelf = { name: ShelfName; title: string; ids: readonly string[] };

/** Those in use, then those that may be read at once, then those that cannot be read as they are; none of them empty. */
export function shelve(sources: readonly SourceInfo[]): Shelf[] {
  return (Object.keys(TITLES) as ShelfName[]).flatMap((name) => {
    const ids = sources
      .filter((source) => shelfOf(source) === name)
      .toSorted((a, b) => rankOf(a) - rankOf(b) || NAMES.compare(a.name, b.name))
      .map(({ id }) => id);
    return ids.length === 0 ? [] : [{ name, title: TITLES[name], ids }];
  });
}

function shelfOf(source: SourceInfo): ShelfName {
  if (source.enabled || source.camera_count > 0 || source.last_scrape !== null) return "used";
  return isUsable(source) ? "ready" : "needs";
}

function rankOf(source: SourceInfo): number {
  if (shelfOf(source) === "used") return WANTING.has(source.state) ? 0 : 1;
  return source.enabled_by_default ? 0 : 1;
}

/** Whether each word of the filter begins a word of what is said of the source: its name, region or state. */
export function matches(source: SourceInfo, filter: string): boolean {
  const wanted = wordsOf(filter);
  if (wanted.length === 0) return true;
  const { name, id, description, attribution, state, enabled, region } = source;
  const states = [state, stateWords(source).words, enabled ? "enabled" : ""];
  const said = wordsOf([name, id, description, attribution, ...placesIn(region), ...states].join(" "));
  return wanted.every((word) => said.some((one) => one.startsWith(word)));
}

/** A region, and the countries that it names by code: `Iowa, US`. */
function placesIn(region: string | null): string[] {
  return region === null ? [] : [region, ...(region.match(COUNTRY_CODE) ?? []).map(countryName)];
}

/** In lower case and without accents, so that `quebec` finds Québec. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
