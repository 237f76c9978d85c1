import { MAX_TEXT } from "../models/camera-search.ts";
import { useApp } from "./app-context.ts";
import { LISTBOX } from "./camera-rows.tsx";
import { Icon } from "./icons.tsx";

export const SEARCH_BOX = "search-box";

export function SearchBox() {
  const { search } = useApp();
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        id={SEARCH_BOX}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        placeholder="Name, place, tag"
        aria-label="Search cameras"
        aria-keyshortcuts="/"
        autoComplete="off"
        spellcheck={false}
        maxLength={MAX_TEXT}
        value={search.text.value}
        onInput={(event) => (search.text.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") search.text.value = "";
          if (event.key !== "ArrowDown" && event.key !== "Enter") return;
          event.preventDefault();
          document.getElementById(LISTBOX)?.focus();
        }}
      />
      {search.text.value === "" ? (
        <kbd>/</kbd>
      ) : (
        <button
          type="button"
          class="icon-button"
          aria-label="Clear the search text"
          onClick={() => {
            search.text.value = "";
            document.getElementById(SEARCH_BOX)?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
