import { useEffect, useMemo } from "preact/hooks";
import type { SourceInfo } from "@argus/core";

import { useApp } from "../components/app-context.ts";
import { Notice } from "../components/notice.tsx";
import { count, counted } from "../format.ts";
import { isScraped } from "../models/scrape-progress.ts";
import { isUsable } from "../models/source-facts.ts";
import { useSourceModels } from "./source-models.ts";
import { openButtonOf, SourceRow } from "./source-row.tsx";
import { matches, type Shelf, shelve } from "./source-shelves.ts";

/** The field that the sources are narrowed with. */
export const FILTER = "source-filter";

/** The sources to choose from; `focus` puts the keyboard into the filter when the dialog opens. */
export function SourcePicker({ focus = false }: { focus?: boolean }) {
  const { registry } = useApp();
  const sources = registry.sources.value;
  if (sources === null) {
    return registry.problem.value === null ? (
      <p class="label">Loading the sources…</p>
    ) : (
      <Notice problem={registry.problem.value}>
        <button type="button" class="button" onClick={() => registry.refresh()}>
          Try again
        </button>
      </Notice>
    );
  }
  if (sources.length === 0)
    return (
      <p class="empty">No sources are installed: add an argus-source package to the server, then start it again.</p>
    );
  return <Shelves sources={sources} focus={focus} />;
}

function Shelves({ sources, focus }: { sources: readonly SourceInfo[]; focus: boolean }) {
  const { choice, sourceDesk } = useSourceModels();
  // Placed once: a row that moves while somebody reaches for it is the wrong row.
  const shelves = useMemo(() => shelve(sources), [sources.map(({ id }) => id).join(" ")]);
  useEffect(() => {
    const closed = sourceDesk.takeClosed();
    if (closed !== null) (document.getElementById(openButtonOf(closed)) ?? document.getElementById(FILTER))?.focus();
  }, []);
  const filter = choice.filter.value;
  const known = new Map(sources.filter((source) => matches(source, filter)).map((source) => [source.id, source]));
  return (
    <>
      <div class="source-find">
        <input
          id={FILTER}
          type="search"
          class="field"
          aria-label="Find a source"
          placeholder="Find a source: name, region, state"
          autoComplete="off"
          spellcheck={false}
          autoFocus={focus}
          value={filter}
          onInput={(event) => (choice.filter.value = event.currentTarget.value)}
        />
        <output class="source-total" aria-live="polite">
          {known.size === sources.length
            ? counted(sources.length, "source")
            : `${count(known.size)} of ${counted(sources.length, "source")}`}
        </output>
      </div>
      {shelves.map((shelf) => (
        <ShelfView key={shelf.name} shelf={shelf} known={known} />
      ))}
      {known.size === 0 && (
        <div class="empty">
          <p>No source fits “{filter}”.</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              choice.filter.value = "";
              document.getElementById(FILTER)?.focus();
            }}
          >
            Show all
          </button>
        </div>
      )}
    </>
  );
}

function ShelfView({ shelf, known }: { shelf: Shelf; known: ReadonlyMap<string, SourceInfo> }) {
  const { choice } = useSourceModels();
  const { scrape } = useApp();
  const shown = shelf.ids.flatMap((id) => known.get(id) ?? []);
  if (shown.length === 0) return null;
  const running = scrape.current.value;
  const usable = shown.filter((source) => isUsable(source) && !isScraped(running, source.id)).map(({ id }) => id);
  const all = usable.every((id) => choice.chosen.value.has(id));
  const title = `shelf-${shelf.name}`;
  return (
    <section class="shelf" aria-labelledby={title}>
      <div class="shelf-head">
        <h3 class="label" id={title}>
          {shelf.title} <span class="shelf-count num">{count(shown.length)}</span>
        </h3>
        {usable.length > 1 && (
          <button
            type="button"
            class="link-button"
            aria-label={`${all ? "Choose none" : "Choose all"}: ${shelf.title}`}
            onClick={() => choice.set(usable, !all)}
          >
            {all ? "Choose none" : "Choose all"}
          </button>
        )}
      </div>
      <ul>
        {shown.map((source) => (
          <SourceRow key={source.id} source={source} />
        ))}
      </ul>
    </section>
  );
}
