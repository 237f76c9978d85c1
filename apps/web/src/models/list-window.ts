import type { Camera } from "@argus/core";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { CameraList } from "./camera-list.ts";
import { rowAfterKey, scrollToRow, visibleRows } from "./virtual-window.ts";

/** Pixels, as list.css has them; the higher one can be hit with a finger. */
const ROW_HEIGHT = { wide: 38, narrow: 52 };
/** Rows after the last one loaded that can be scrolled to; what lies between is loaded then. */
const AHEAD = 10_000;

type Loaded = Pick<CameraList, "cameras" | "total" | "complete">;

/** The part of the camera list that is seen, and the row the keyboard is at. */
export class ListWindow {
  readonly scrollTop: Signal<number> = signal(0);
  readonly height: Signal<number> = signal(0);
  readonly active: Signal<number | null> = signal(null);
  readonly rowHeight: ReadonlySignal<number>;
  /** All rows, those still to be loaded among them. */
  readonly rows: ReadonlySignal<number>;
  readonly range: ReadonlySignal<{ start: number; end: number }>;
  readonly atTop: ReadonlySignal<boolean>;
  /** How many rows in sight, about to be, or before them are not loaded. */
  readonly missing: ReadonlySignal<number>;

  readonly #list: Loaded;

  constructor(list: Loaded, narrow: ReadonlySignal<boolean>) {
    this.#list = list;
    this.rowHeight = computed(() => (narrow.value ? ROW_HEIGHT.narrow : ROW_HEIGHT.wide));
    this.rows = computed(() => {
      const loaded = list.cameras.value.length;
      return list.complete.value ? loaded : loaded + Math.min(AHEAD, Math.max(0, (list.total.value ?? 0) - loaded));
    });
    this.range = computed(() => visibleRows({ ...this.#sizes(), scrollTop: this.scrollTop.value }));
    this.atTop = computed(() => this.scrollTop.value < this.rowHeight.value);
    this.missing = computed(() => {
      const known = list.cameras.value.length;
      // One more than is seen, so that the next page is asked for before its first row is.
      return list.complete.value ? 0 : Math.max(0, this.range.value.end + 1 - known);
    });
  }

  #sizes(): { height: number; rowHeight: number; count: number } {
    return { height: this.height.value, rowHeight: this.rowHeight.value, count: this.rows.value };
  }

  /** The camera the keyboard is at: the active row's, else the selected one. */
  current(selected: string | null): Camera | null {
    return this.#list.cameras.value[this.#currentRow(selected) ?? -1] ?? null;
  }

  /** Makes the row a key asks for the active one, and says where to scroll for it; null when it asks for none. */
  press(key: string, selected: string | null): number | null {
    const row = rowAfterKey(key, this.#currentRow(selected), this.#sizes());
    if (row === null) return null;
    this.active.value = row;
    return scrollToRow(row, { ...this.#sizes(), scrollTop: this.scrollTop.value });
  }

  toTop(): void {
    this.active.value = null;
    this.scrollTop.value = 0;
  }

  #currentRow(selected: string | null): number | null {
    if (this.active.value !== null) return this.active.value;
    const row = this.#list.cameras.value.findIndex(({ id }) => id === selected);
    return row < 0 ? null : row;
  }
}
