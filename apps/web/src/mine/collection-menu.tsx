import type { Collection } from "@argus/core";
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { useApp } from "../components/app-context.ts";
import { Icon } from "../components/icons.tsx";
import { Notice } from "../components/notice.tsx";
import { takeFocus } from "../components/take-focus.ts";
import { count } from "../format.ts";
import { NameForm } from "./name-form.tsx";

/** What is done with a collection besides choosing it. */
type Doing = { id: string; what: "rename" | "delete" };

/** The collections, ticked where the list is narrowed to them. */
export function CollectionMenu() {
  const { collections } = useApp().mine;
  const doing = useSignal<Doing | null>(null);
  const list = collections.list.value;
  return (
    <>
      {collections.problem.value !== null && <Notice problem={collections.problem.value} />}
      {list === null && collections.problem.value === null && <p class="menu-note">Loading…</p>}
      {list?.length === 0 && (
        <p class="menu-note">No collections yet: name one here, then add cameras to it where they are shown.</p>
      )}
      {list?.map((collection) => (
        <CollectionRow key={collection.id} collection={collection} doing={doing} />
      ))}
      <NameForm label="New collection" button="Create" onName={(name) => collections.create(name)} />
    </>
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
