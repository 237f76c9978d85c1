import type { Collection } from "@argus/core";
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { count } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { takeFocus } from "./take-focus.ts";
import { NameForm } from "./name-form.tsx";
import { Notice } from "./notice.tsx";
import { useDismiss } from "./use-dismiss.ts";

/** What is done with a collection besides choosing it. */
type Doing = { id: string; what: "rename" | "delete" };

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
        onClick={() => {
          open.value = !open.value;
          if (open.value) mine.collections.load();
        }}
      >
        <span>Collection</span>
        {chosen > 0 && <span class="facet-chosen">{chosen}</span>}
        <Icon name="down" />
      </button>
      {open.value && <CollectionMenu />}
    </div>
  );
}

function CollectionMenu() {
  const { collections } = useApp().mine;
  const doing = useSignal<Doing | null>(null);
  const list = collections.list.value;
  return (
    <fieldset class="menu facet-menu is-second" id="collection-menu">
      <legend class="visually-hidden">Show only these: collection</legend>
      {collections.problem.value !== null && <Notice problem={collections.problem.value} />}
      {list === null && collections.problem.value === null && <p class="menu-note">Loading…</p>}
      {list?.length === 0 && (
        <p class="menu-note">No collections yet: name one here, then add cameras to it where they are shown.</p>
      )}
      {list?.map((collection) => (
        <CollectionRow key={collection.id} collection={collection} doing={doing} />
      ))}
      <NameForm label="New collection" button="Create" onName={(name) => collections.create(name)} />
    </fieldset>
  );
}

function CollectionRow({ collection, doing }: { collection: Collection; doing: Signal<Doing | null> }) {
  const { collections } = useApp().mine;
  const row = useRef<HTMLDivElement>(null);
  const what = doing.value?.id === collection.id ? doing.value.what : null;
  // The keyboard goes back to where it came from.
  const done = (): void => {
    doing.value = null;
    row.current?.querySelector("input")?.focus();
  };
  if (what === "delete") return <DeleteRow collection={collection} onDone={() => (doing.value = null)} />;
  return (
    <div ref={row}>
      {what === "rename" ? (
        <NameForm
          label={`New name of ${collection.name}`}
          button="Rename"
          value={collection.name}
          focus
          onName={async (name) => {
            const renamed = await collections.rename(collection, name);
            if (renamed) done();
            return renamed;
          }}
          onCancel={done}
        />
      ) : (
        <ChoiceRow collection={collection} doing={doing} />
      )}
    </div>
  );
}

function ChoiceRow({ collection, doing }: { collection: Collection; doing: Signal<Doing | null> }) {
  const { search } = useApp();
  const { id, name } = collection;
  const act = (what: Doing["what"], label: string, icon: "edit" | "remove") => (
    <button
      type="button"
      class="icon-button"
      aria-label={`${label} ${name}`}
      title={`${label} ${name}`}
      onClick={() => (doing.value = { id, what })}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="collection-row">
      <label class="menu-item check">
        <input
          type="checkbox"
          checked={search.chosen.value.collection.includes(id)}
          onChange={() => search.toggle("collection", id)}
        />
        <span class="check-text">{name}</span>
        <span class="menu-hint num">{count(collection.camera_count)}</span>
      </label>
      {act("rename", "Rename", "edit")}
      {act("delete", "Delete", "remove")}
    </div>
  );
}

function DeleteRow({ collection, onDone }: { collection: Collection; onDone: () => void }) {
  const { collections } = useApp().mine;
  const { name, camera_count: cameras } = collection;
  const remove = async (): Promise<void> => {
    if (await collections.remove(collection)) onDone();
  };
  return (
    <div class="confirm" role="group" aria-label={`Delete ${name}?`}>
      <p>
        Delete “{name}”? {cameras === 1 && "Its camera stays in the registry."}
        {cameras > 1 && `Its ${count(cameras)} cameras stay in the registry.`}
      </p>
      <div class="confirm-actions">
        <button type="button" class="button is-fault" onClick={() => void remove()}>
          Delete
        </button>
        <button type="button" class="button" ref={takeFocus} onClick={onDone}>
          Keep
        </button>
      </div>
    </div>
  );
}
