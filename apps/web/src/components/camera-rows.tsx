import type { Camera } from "@argus/core";
import { type Signal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { place } from "../format.ts";
import { type App, openCamera, toggleFavourite } from "../models/app.ts";
import { ListWindow } from "../models/list-window.ts";
import { useApp } from "./app-context.ts";
import { HealthDot } from "./health-dot.tsx";
import { RowStar } from "./star.tsx";

export const LISTBOX = "camera-listbox";

export function CameraRows() {
  const app = useApp();
  const { list, layout } = app;
  const view = useMemo(() => new ListWindow(list, layout.narrow), [app]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => watchHeight(box.current, view.height), []);
  useSignalEffect(() => void (app.listAtTop.value = view.atTop.value));
  useSignalEffect(() => {
    const missing = view.missing.value;
    if (missing > 0 && !list.busy.value && list.problem.value === null) list.more(missing);
  });
  useSignalEffect(() => returnToTop(app, view, box.current));
  const { start, end } = view.range.value;
  return (
    <div
      id={LISTBOX}
      class="rows"
      role="listbox"
      tabIndex={0}
      aria-label="Cameras"
      aria-keyshortcuts="F"
      aria-busy={list.busy.value}
      aria-activedescendant={activeId(view, list.cameras.value)}
      ref={box}
      onScroll={(event) => (view.scrollTop.value = event.currentTarget.scrollTop)}
      onKeyDown={(event) => onKey(app, view, event, event.currentTarget)}
    >
      <div class="rows-space" role="presentation" style={{ height: `${view.rows.value * view.rowHeight.value}px` }}>
        {Array.from({ length: end - start }, (_, at) => start + at).map((index) => (
          <Row key={index} index={index} camera={list.cameras.value[index]} view={view} />
        ))}
      </div>
    </div>
  );
}

function Row({ index, camera, view }: { index: number; camera: Camera | undefined; view: ListWindow }) {
  const app = useApp();
  const style = { transform: `translateY(${index * view.rowHeight.value}px)` };
  if (camera === undefined) return <div class="row is-empty" role="presentation" style={style} />;
  const where = place(camera);
  return (
    <div
      id={rowId(index)}
      class={`row${view.active.value === index ? " is-active" : ""}`}
      role="option"
      aria-selected={app.selection.id.value === camera.id}
      aria-setsize={app.list.total.value ?? -1}
      aria-posinset={index + 1}
      style={style}
      onClick={() => {
        view.active.value = index;
        openCamera(app, camera);
      }}
    >
      <HealthDot camera={camera} />
      <span class="row-name" title={camera.name}>
        {camera.name}
      </span>
      <span class="badge">{camera.stream_kind}</span>
      <span class="row-place">{where === "" ? camera.id : where}</span>
      <RowStar camera={camera} />
    </div>
  );
}

function onKey(app: App, view: ListWindow, event: KeyboardEvent, box: HTMLElement): void {
  const selected = app.selection.id.value;
  const act = actionOf(event);
  if (act !== null) {
    event.preventDefault();
    const camera = view.current(selected);
    if (camera !== null) act(app, camera);
    return;
  }
  const scrollTop = view.press(event.key, selected);
  if (scrollTop === null) return;
  event.preventDefault();
  box.scrollTop = scrollTop;
}

/** What a key does with the row it is at. */
function actionOf(event: KeyboardEvent): ((app: App, camera: Camera) => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "Enter" || event.key === " ") return openCamera;
  return event.key.toLowerCase() === "f" ? (app, camera) => void toggleFavourite(app, camera) : null;
}

/** A changed search begins at its first row. */
function returnToTop(app: App, view: ListWindow, box: HTMLElement | null): void {
  void app.search.listFilter.value;
  void app.search.sort.value;
  view.toTop();
  if (box !== null) box.scrollTop = 0;
}

/** The active row's id, once its camera is loaded. */
function activeId(view: ListWindow, cameras: readonly Camera[]): string | undefined {
  const active = view.active.value;
  return active === null || cameras[active] === undefined ? undefined : rowId(active);
}

function rowId(index: number): string {
  return `camera-row-${index}`;
}

function watchHeight(element: HTMLElement | null, height: Signal<number>): (() => void) | undefined {
  if (element === null) return undefined;
  const observer = new ResizeObserver(() => (height.value = element.clientHeight));
  observer.observe(element);
  return () => observer.disconnect();
}
