import { useSignal } from "@preact/signals";

import { Icon } from "../components/icons.tsx";
import { NameForm } from "../mine/name-form.tsx";
import { useApp } from "../components/app-context.ts";
import { takeFocus } from "../components/take-focus.ts";
import { MAX_COLUMNS } from "../models/walls.ts";
import type { WallBoard } from "./wall-board.ts";

type Doing = "rename" | "delete" | null;

/** The wall's name, and what can be done with it. */
export function WallHead({ board, onClose }: { board: WallBoard; onClose: () => void }) {
  const doing = useSignal<Doing>(null);
  const wall = board.wall.value;
  const back = (): void => void (doing.value = null);
  return (
    <header class="wall-head">
      <h2 class="wall-name">
        <Icon name="wall" />
        <bdi>{wall?.name ?? "Wall"}</bdi>
      </h2>
      {wall !== null && doing.value === null && <Tools board={board} onDo={(what) => (doing.value = what)} />}
      {wall !== null && doing.value === "rename" && (
        <NameForm
          label={`New name of ${wall.name}`}
          button="Rename"
          value={wall.name}
          focus
          onName={async (name) => {
            const saved = await board.save({ name });
            if (saved) back();
            return saved;
          }}
          onCancel={back}
        />
      )}
      {doing.value === "delete" && <DeleteForm board={board} onCancel={back} />}
      <button type="button" class="icon-button" aria-label="Close the wall" title="Close the wall" onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}

function Tools({ board, onDo }: { board: WallBoard; onDo: (what: Doing) => void }) {
  if (board.arranging.value) return <ArrangeTools board={board} />;
  return (
    <div class="wall-tools">
      <button type="button" class="button" onClick={() => (board.arranging.value = true)}>
        Arrange
      </button>
      <button type="button" class="button" onClick={() => onDo("rename")}>
        Rename
      </button>
      <button type="button" class="button" onClick={() => onDo("delete")}>
        Delete
      </button>
    </div>
  );
}

function ArrangeTools({ board }: { board: WallBoard }) {
  const { columns } = board.arrangement.value;
  const edited = board.edited.value;
  const saving = board.saving.value;
  const save = async (): Promise<void> => {
    if (!edited || (await board.save())) board.arranging.value = false;
  };
  const discard = (): void => {
    board.discard();
    board.arranging.value = false;
  };
  return (
    <div class="wall-tools">
      <div class="wall-columns" role="group" aria-label="Columns">
        <button
          type="button"
          class="icon-button"
          aria-label="Fewer columns"
          disabled={columns <= 1}
          onClick={() => board.widen(-1)}
        >
          <Icon name="minus" />
        </button>
        <output class="num">{columns === 1 ? "1 column" : `${columns} columns`}</output>
        <button
          type="button"
          class="icon-button"
          aria-label="More columns"
          disabled={columns >= MAX_COLUMNS}
          onClick={() => board.widen(1)}
        >
          <Icon name="plus" />
        </button>
      </div>
      <button type="button" class="button" aria-disabled={!board.canUndo.value} onClick={() => board.undo()}>
        Undo
      </button>
      <button type="button" class="button" onClick={discard}>
        {edited ? "Discard" : "Cancel"}
      </button>
      <button type="button" class="button is-primary" aria-disabled={saving} onClick={() => void save()}>
        {saving ? "Saving…" : edited ? "Save" : "Done"}
      </button>
    </div>
  );
}

function DeleteForm({ board, onCancel }: { board: WallBoard; onCancel: () => void }) {
  const { walls } = useApp().mine;
  const wall = board.wall.value;
  if (wall === null) return null;
  const remove = async (): Promise<void> => {
    if (await walls.remove(wall)) walls.open.value = null;
    else board.problem.value = walls.problem.value;
  };
  return (
    <div class="wall-tools" role="group" aria-label={`Delete ${wall.name}?`}>
      <span>Delete this wall? Its cameras stay in the registry.</span>
      <button type="button" class="button is-fault" onClick={() => void remove()}>
        Delete
      </button>
      <button type="button" class="button" ref={takeFocus} onClick={onCancel}>
        Keep
      </button>
    </div>
  );
}
