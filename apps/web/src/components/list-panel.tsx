import { count, counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { CameraRows } from "./camera-rows.tsx";
import { FacetBar } from "./facet-bar.tsx";
import { Icon } from "./icons.tsx";
import { Notice } from "./notice.tsx";
import { SEARCH_BOX, SearchBox } from "./search-box.tsx";

export function ListPanel({ class: className, inert }: { class: string; inert: boolean }) {
  return (
    <section class={className} inert={inert} aria-label="Cameras">
      <div class="list-tools">
        <SearchBox />
        <FacetBar />
        <ListLine />
      </div>
      <ListState />
      <CameraRows />
    </section>
  );
}

function ListLine() {
  const { list, registry, search } = useApp();
  const total = list.total.value;
  const all = registry.cameras.value;
  const narrowed = search.active.value && all !== null;
  return (
    <div class="list-line">
      <output class="list-total" aria-live="polite">
        {total === null
          ? "Loading…"
          : narrowed
            ? `${count(total)} of ${counted(all, "camera")}`
            : counted(total, "camera")}
      </output>
      <label class="sort">
        <span class="visually-hidden">Order</span>
        <select
          value={search.sort.value}
          onChange={(event) => (search.sort.value = event.currentTarget.value as typeof search.sort.value)}
        >
          <option value="name">Name</option>
          <option value="-first_seen_at">Newest</option>
          <option value="id">Id</option>
        </select>
      </label>
      <div class={`list-busy${list.busy.value ? " is-busy" : ""}`} />
    </div>
  );
}

/** What stands between the tools and the rows: news, a fault, or that there is nothing. */
function ListState() {
  const { list, search } = useApp();
  const clear = (): void => {
    search.clear();
    document.getElementById(SEARCH_BOX)?.focus();
  };
  if (list.problem.value !== null) {
    return (
      <Notice problem={list.problem.value}>
        <button type="button" class="button" onClick={() => list.reload()}>
          Try again
        </button>
      </Notice>
    );
  }
  if (list.outdated.value) {
    return (
      <button type="button" class="list-news" onClick={() => list.reload()}>
        <Icon name="scrape" />
        The registry has changed: load the list anew
      </button>
    );
  }
  if (list.total.value !== 0) return null;
  return (
    <div class="empty">
      <p>{search.active.value ? "No camera fits this search." : "The registry holds no cameras yet."}</p>
      {search.active.value && (
        <button type="button" class="button" onClick={clear}>
          Clear the search
        </button>
      )}
    </div>
  );
}
