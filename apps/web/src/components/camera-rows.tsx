import type { Camera } from "@argus/core";
import { type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { place } from "../format.ts";
import { openCamera } from "../models/app.ts";
import { rowAfterKey, scrollToRow, visibleRows } from "../models/virtual-window.ts";
import { useApp } from "./app-context.ts";
import { HealthDot } from "./health-dot.tsx";

export const LISTBOX = "camera-listbox";
/** Pixels, as list.css has them; the higher one can be hit with a finger. */
const ROW_HEIGHT = { wide: 38, narrow: 52 };
/** Rows drawn empty after the last one loaded, so that there is something to scroll into while a page comes. */
const AHEAD = 8;

type Active = { index: number; id: string } | null;

export function CameraRows() {
  const app = useApp();
  const { list, layout, selection } = app;
  const box = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const height = useSignal(0);
  const active: Signal<Active> = useSignal<Active>(null);
  const rowHeight = useComputed(() => (layout.narrow.value ? ROW_HEIGHT.narrow : ROW_HEIGHT.wide));
  const rows = useComputed(() => list.cameras.value.length + (list.complete.value ? 0 : Math.min(AHEAD, (list.total.value ?? 0) - list.cameras.value.length)));
  const range = useComputed(() => visibleRows({ scrollTop: scrollTop.value, height: height.value, rowHeight: rowHeight.value, count: rows.value }));
  useEffect(() => watchHeight(box.current, height), []);
  useSignalEffect(() => {
    app.listAtTop.value = scrollTop.value < rowHeight.value;
    // The first empty row is about to come into sight.
    if (range.value.end >= list.cameras.value.length && list.problem.value === null) list.more();
  });
  useReturnToTop(box, scrollTop, active);
  const go = (index: number): void => {
    const camera = list.cameras.value[index];
    if (camera === undefined || box.current === null) return;
    active.value = { index, id: camera.id };
    box.current.scrollTop = scrollToRow(index, { scrollTop: box.current.scrollTop, height: height.value, rowHeight: rowHeight.value });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = active.value?.index ?? list.cameras.value.findIndex(({ id }) => id === selection.id.value);
    if (event.key === "Enter" || event.key === " ") {
      const camera = list.cameras.value[at];
      if (camera !== undefined) openCamera(app, camera);
      return event.preventDefault();
    }
    const next = rowAfterKey(event.key, at < 0 ? null : at, { height: height.value, rowHeight: rowHeight.value, count: list.cameras.value.length });
    if (next === null) return;
    event.preventDefault();
    go(next);
  };
  const { start, end } = range.value;
  return (
    <div
      id={LISTBOX}
      class="rows"
      role="listbox"
      tabIndex={0}
      aria-label="Cameras"
      aria-busy={list.busy.value}
      aria-activedescendant={active.value === null ? undefined : rowId(active.value.index)}
      ref={box}
      onScroll={(event) => (scrollTop.value = event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div class="rows-space" role="presentation" style={{ height: `${rows.value * rowHeight.value}px` }}>
        {Array.from({ length: end - start }, (_, at) => start + at).map((index) => (
          <Row key={index} index={index} camera={list.cameras.value[index]} top={index * rowHeight.value} active={active.value?.index === index} onPress={() => go(index)} />
        ))}
      </div>
    </div>
  );
}

type RowProps = { index: number; camera: Camera | undefined; top: number; active: boolean; onPress: () => void };

function Row({ index, camera, top, active, onPress }: RowProps) {
  const app = useApp();
  const style = { transform: `translateY(${top}px)` };
  if (camera === undefined) return <div class="row is-empty" role="presentation" style={style} />;
  const where = place(camera);
  return (
    <div
      id={rowId(index)}
      class={`row${active ? " is-active" : ""}`}
      role="option"
      aria-selected={app.selection.id.value === camera.id}
      aria-setsize={app.list.total.value ?? -1}
      aria-posinset={index + 1}
      style={style}
      onClick={() => {
        onPress();
        openCamera(app, camera);
      }}
    >
      <HealthDot camera={camera} />
      <span class="row-name" title={camera.name}>
        {camera.name}
      </span>
      <span class="badge">{camera.stream_kind}</span>
      <span class="row-place">{where === "" ? camera.id : where}</span>
    </div>
  );
}

function rowId(index: number): string {
  return `camera-row-${index}`;
}

/** A changed search begins at its first row. */
function useReturnToTop(box: { current: HTMLDivElement | null }, scrollTop: Signal<number>, active: Signal<Active>): void {
  const { search } = useApp();
  useSignalEffect(() => {
    void search.listFilter.value;
    void search.sort.value;
    active.value = null;
    scrollTop.value = 0;
    if (box.current !== null) box.current.scrollTop = 0;
  });
}

function watchHeight(element: HTMLElement | null, height: Signal<number>): (() => void) | undefined {
  if (element === null) return undefined;
  const observer = new ResizeObserver(() => (height.value = element.clientHeight));
  observer.observe(element);
  return () => observer.disconnect();
}
