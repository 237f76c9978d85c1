import "../styles/wall.css";

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { Notice } from "../components/notice.tsx";
import { useApp } from "../components/app-context.ts";
import { takeFocus } from "../components/take-focus.ts";
import { openCamera } from "../models/app.ts";
import { WallBoard } from "./wall-board.ts";
import { WallGrid } from "./wall-grid-view.tsx";
import { WallHead } from "./wall-head.tsx";

/** A wall: the pictures of its cameras in a grid, over the whole page. */
export function WallView({ id, onClose }: { id: string; onClose: () => void }) {
  const app = useApp();
  const board = useMemo(() => new WallBoard(app.api, app.mine.walls, id), [id]);
  /** Where to go when the changes are settled; null while nobody wants to leave. */
  const leaving = useSignal<(() => void) | null>(null);
  const overlay = useRef<HTMLElement>(null);
  const close = (then: () => void = () => undefined): void => {
    const leave = (): void => {
      onClose();
      then();
    };
    if (board.edited.peek()) leaving.value = leave;
    else leave();
  };
  useEffect(() => {
    overlay.current?.focus();
    const stop = onEscape(overlay.current, () => {
      if (board.arranging.peek() && !board.edited.peek()) board.arranging.value = false;
      else close();
    });
    return () => {
      stop();
      board.dispose();
    };
  }, [board]);
  const name = board.wall.value?.name;
  return (
    <section class="overlay wall" ref={overlay} tabIndex={-1} aria-label={name === undefined ? "Wall" : `Wall ${name}`}>
      <WallHead board={board} onClose={() => close()} />
      {leaving.value !== null && <LeaveBar board={board} leaving={leaving} onLeave={leaving.value} />}
      <WallTrouble board={board} />
      <WallGrid board={board} onOpen={(camera) => close(() => openCamera(app, camera))} />
    </section>
  );
}

function onEscape(element: HTMLElement | null, act: () => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") act();
  };
  element?.addEventListener("keydown", onKey);
  return () => element?.removeEventListener("keydown", onKey);
}

/** What would be lost is asked about before the wall is left. */
function LeaveBar({
  board,
  leaving,
  onLeave,
}: {
  board: WallBoard;
  leaving: Signal<(() => void) | null>;
  onLeave: () => void;
}) {
  const saveAndLeave = async (): Promise<void> => {
    leaving.value = null;
    if (await board.save()) onLeave();
  };
  return (
    <div class="wall-bar" role="alertdialog" aria-label="Changes to this wall are not saved">
      <p>Changes to this wall are not saved.</p>
      <button type="button" class="button is-primary" ref={takeFocus} onClick={() => void saveAndLeave()}>
        Save and close
      </button>
      <button type="button" class="button" onClick={onLeave}>
        Close without saving
      </button>
      <button type="button" class="button" onClick={() => (leaving.value = null)}>
        Go on
      </button>
    </div>
  );
}

/** What stands in the way: a fault, or what somebody else has made of the wall. */
function WallTrouble({ board }: { board: WallBoard }) {
  if (board.theirs.value !== null) {
    return (
      <div class="wall-bar" role="alert">
        <p>This wall was changed elsewhere meanwhile; what is arranged here is not saved yet.</p>
        <button type="button" class="button" onClick={() => void board.save({ over: true })}>
          Save mine over it
        </button>
        <button type="button" class="button" onClick={() => board.yield()}>
          Take the other
        </button>
      </div>
    );
  }
  const problem = board.problem.value;
  if (problem === null) return null;
  const retry = (): void => (board.wall.value === null ? board.load() : void board.save());
  return (
    <Notice problem={problem}>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </Notice>
  );
}
