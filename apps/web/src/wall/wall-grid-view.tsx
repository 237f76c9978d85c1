import type { Camera } from "@argus/core";
import { computed, type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { useApp } from "../components/app-context.ts";
import { InSight } from "./in-sight.ts";
import { STILL_EVERY_MS } from "./stills.ts";
import type { WallBoard } from "./wall-board.ts";
import { WallCell } from "./wall-cell.tsx";
import { type Cells, directionOf, neighbour, placesOf } from "./wall-grid.ts";
import { MAX_RUNNING } from "./wall-players.ts";
import { WallShow } from "./wall-show.ts";

/** On a screen this narrow more columns than these could not be made out. */
const NARROW_COLUMNS = 2;
const NOTHING: ReadonlySet<string> = new Set();

export function WallGrid({ board, onOpen }: { board: WallBoard; onOpen: (camera: Camera) => void }) {
  const { layout } = useApp();
  const { cells, columns: wanted } = board.arrangement.value;
  const columns = layout.narrow.value ? Math.min(NARROW_COLUMNS, wanted) : wanted;
  const arranging = board.arranging.value;
  const { show, sight } = useShow(board);
  const grid = useRef<HTMLUListElement>(null);
  const places = board.wall.value === null ? 0 : placesOf(cells, columns, arranging);
  const keys = useCellKeys(board, { columns, places, grid });
  return (
    <div class="wall-scroll" aria-busy={board.wall.value === null}>
      <WallLine board={board} running={show.running} columns={columns} />
      <ul class="wall-grid" ref={grid} style={{ "--columns": String(columns) }} data-arranging={arranging}>
        {Array.from({ length: places }, (_, place) => (
          <WallCell
            key={keyOf(cells, place)}
            board={board}
            show={show}
            sight={sight}
            place={place}
            columns={columns}
            focusable={Math.min(keys.at.value, places - 1) === place}
            onFocus={() => (keys.at.value = place)}
            onKey={(event) => keys.press(place, event)}
            onMove={(key) => void keys.go(place, key, true)}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <p class="visually-hidden" role="status">
        {keys.said.value}
      </p>
    </div>
  );
}

type CellKeys = {
  /** The cell that Tab leads to. */
  at: Signal<number>;
  /** Where a camera has been moved to, for those who do not see it. */
  said: Signal<string>;
  press(place: number, event: KeyboardEvent): void;
  /** Goes to the cell beside, and takes the camera along where asked; false at the edge. */
  go(from: number, key: string, takeAlong: boolean): boolean;
};

function useCellKeys(
  board: WallBoard,
  { columns, places, grid }: { columns: number; places: number; grid: RefObject<HTMLElement | null> },
): CellKeys {
  const at = useSignal(0);
  const said = useSignal("");
  // Once the cell is drawn.
  const focus = (place: number): void =>
    void requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus());
  const go: CellKeys["go"] = (from, key, takeAlong) => {
    const direction = directionOf(key);
    const to = direction === null ? null : neighbour(from, direction, columns);
    if (to === null || (!takeAlong && to >= places)) return false;
    if (takeAlong) {
      board.swap(from, to);
      said.value = `Row ${Math.floor(to / columns) + 1}, column ${(to % columns) + 1}`;
    }
    at.value = to;
    focus(to);
    return true;
  };
  const press: CellKeys["press"] = (place, event) => {
    const edit = board.arranging.value ? editOf(event) : null;
    if (edit !== null) {
      if (edit === "clear") board.clear(place);
      else board.undo();
      focus(place);
    } else if (!go(place, event.key, board.arranging.value && event.shiftKey)) return;
    event.preventDefault();
  };
  return { at, said, press, go };
}

function editOf({ key, ctrlKey, metaKey }: KeyboardEvent): "clear" | "undo" | null {
  if (key === "Delete") return "clear";
  return key === "z" && (ctrlKey || metaKey) ? "undo" : null;
}

/** A camera's picture goes on while it is moved; the same camera may hang in two places. */
function keyOf(cells: Cells, place: number): string {
  const id = cells[place] ?? null;
  return id === null || cells.indexOf(id) < place ? `${id ?? "empty"} ${place}` : id;
}

/** Which pictures run, and that not all of them do. */
function WallLine({
  board,
  running,
  columns,
}: {
  board: WallBoard;
  running: ReadonlySignal<ReadonlySet<string>>;
  columns: number;
}) {
  const { layout } = useApp();
  if (board.wall.value === null)
    return board.problem.value === null ? <p class="wall-line">Loading the wall…</p> : null;
  const cameras = board.arrangement.value.cells.filter((id) => id !== null).length;
  if (cameras === 0) {
    return <p class="wall-line">Nothing hangs here yet. Open a camera and choose “Add to wall”.</p>;
  }
  if (board.arranging.value) {
    if (layout.narrow.value) {
      const fewer = columns < board.arrangement.value.columns ? ` This screen shows ${columns} columns.` : "";
      return <p class="wall-line">Nothing is stored before you save.{fewer}</p>;
    }
    return (
      <p class="wall-line">
        Arrow keys go from cell to cell, Shift and an arrow moves a camera, Delete takes it down. Nothing is stored
        before you save.
      </p>
    );
  }
  return (
    <p class="wall-line num">
      {running.value.size} of {cameras} moving
      {cameras > MAX_RUNNING &&
        ` (at most ${MAX_RUNNING} at once); the others show a still every ${STILL_EVERY_MS / 1000} s`}
    </p>
  );
}

/** The wall's pictures, for as long as it is shown. */
function useShow(board: WallBoard): { show: WallShow; sight: InSight } {
  const { api, visible } = useApp();
  const parts = useMemo(() => {
    const sight = new InSight();
    const seen = computed(() => (visible.value ? sight.ids.value : NOTHING));
    return { sight, show: new WallShow(board, api, seen) };
  }, [board]);
  useEffect(
    () => () => {
      parts.show.dispose();
      parts.sight.dispose();
    },
    [parts],
  );
  return parts;
}
