import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { loadsSoon } from "./lazy-part.ts";
import { MENUS_PART, MineMenu } from "./mine-menu.tsx";
import { useDismiss } from "./use-dismiss.ts";

/** The collections to choose from; here they are also made, renamed and deleted. */
export function CollectionFilter() {
  const { mine, search } = useApp();
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const chosen = search.chosen.value.collection.length;
  useDismiss(box, open.value, () => (open.value = false));
  return (
    <div class="facet-cell" ref={box}>
      <button
        type="button"
        class="button facet-button"
        aria-expanded={open.value}
        aria-controls="collection-menu"
        data-chosen={chosen > 0}
        {...loadsSoon(MENUS_PART)}
        onClick={() => {
          open.value = !open.value;
          if (open.value) mine.collections.load();
        }}
      >
        <span>Collection</span>
        {chosen > 0 && <span class="facet-chosen">{chosen}</span>}
        <Icon name="down" />
      </button>
      {open.value && (
        <fieldset class="menu facet-menu is-second" id="collection-menu">
          <legend class="visually-hidden">Show only these: collection</legend>
          <MineMenu>{({ CollectionMenu }) => <CollectionMenu />}</MineMenu>
        </fieldset>
      )}
    </div>
  );
}
