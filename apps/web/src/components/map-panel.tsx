import { useEffect, useMemo, useRef } from "preact/hooks";

import { count, position } from "../format.ts";
import { MapView } from "../map/map-view.ts";
import { useApp } from "./app-context.ts";
import { Icon, type IconName } from "./icons.tsx";

export function MapPanel({ class: className, inert }: { class: string; inert: boolean }) {
  const app = useApp();
  const view = useMemo(() => new MapView(app), [app]);
  const canvas = useRef<HTMLDivElement>(null);
  const unmount = useRef<(() => void) | undefined>(undefined);
  const mount = (): void => {
    unmount.current?.();
    unmount.current = canvas.current === null ? undefined : view.mount(canvas.current);
  };
  useEffect(() => {
    mount();
    return () => unmount.current?.();
  }, [view]);
  const ready = view.status.value === "ready";
  return (
    <section class={className} inert={inert} aria-label="Map">
      <div class="map-canvas" ref={canvas} />
      {!ready && <MapPlaceholder view={view} onRetry={mount} />}
      {ready && <MapTools view={view} />}
      {ready && <Readout view={view} />}
      {ready && view.message.value !== null && (
        <div class="map-message" role="alert">
          <Icon name="warning" />
          {view.message.value}
          <button type="button" class="button" onClick={() => (app.mapRevision.value += 1)}>
            Try again
          </button>
        </div>
      )}
      <Tooltip view={view} />
    </section>
  );
}

function MapPlaceholder({ view, onRetry }: { view: MapView; onRetry: () => void }) {
  const failed = view.status.value === "unavailable";
  return (
    <div class="map-placeholder">
      {failed ? (
        <div class="empty" role="alert">
          <p class="empty-title">No map</p>
          <p>{view.message.value}</p>
          <button type="button" class="button" onClick={onRetry}>
            Try again
          </button>
        </div>
      ) : (
        <p class="label">Loading the map…</p>
      )}
    </div>
  );
}

function MapTools({ view }: { view: MapView }) {
  const tool = (name: IconName, label: string, act: () => void) => (
    <button type="button" class="map-tool" aria-label={label} title={label} onClick={act}>
      <Icon name={name} />
    </button>
  );
  return (
    <div class="map-tools">
      {tool("plus", "Zoom in", () => view.zoomBy(1))}
      {tool("minus", "Zoom out", () => view.zoomBy(-1))}
      {tool("fit", "Show all cameras", () => view.fit())}
    </div>
  );
}

/** Where the pointer is and how far in the map is zoomed, as a chart has it. */
function Readout({ view }: { view: MapView }) {
  const cursor = view.cursor.value;
  return (
    <div class="map-readout">
      {view.busy.value && <span class="map-busy">Loading cameras…</span>}
      <span>Z {(view.zoom.value ?? 0).toFixed(1)}</span>
      {cursor !== null && <span class="map-cursor">{position(cursor.lat, cursor.lon, 3)}</span>}
    </div>
  );
}

function Tooltip({ view }: { view: MapView }) {
  const hover = view.hover.value;
  if (hover === null) return null;
  return (
    <div class="map-tooltip" style={{ transform: `translate(${hover.x}px, ${hover.y}px)` }}>
      <div class="map-tooltip-box">
        <span>{hover.name}</span>
        {hover.place !== "" && <span class="map-tooltip-place">{hover.place}</span>}
        {hover.more > 0 && <span class="map-tooltip-place">{`and ${count(hover.more)} more on this spot`}</span>}
      </div>
    </div>
  );
}
