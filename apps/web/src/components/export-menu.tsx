import { useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";

import { EXPORT_FORMATS } from "../api.ts";
import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { useDismiss } from "./use-dismiss.ts";

const FORMATS = {
  geojson: ["GeoJSON", "maps and GIS"],
  csv: ["CSV", "spreadsheets"],
  kml: ["KML", "Google Earth"],
  ndjson: ["NDJSON", "one camera a line"],
} as const;

export function ExportMenu() {
  const { api, search, list } = useApp();
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const close = (): void => void (open.value = false);
  const choose = (): void => {
    box.current?.querySelector("button")?.focus();
    close();
  };
  useDismiss(box, open.value, close);
  return (
    <div class="menu-anchor" ref={box}>
      <button
        type="button"
        class="button"
        aria-expanded={open.value}
        aria-controls="export-menu"
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="export" />
        <span class="button-label">Export</span>
        <Icon name="down" />
      </button>
      {open.value && (
        <div class="menu menu-right" id="export-menu">
          <p class="menu-note">
            {list.total.value === null ? "The cameras of the list" : counted(list.total.value, "camera")}, as the list
            is filtered
          </p>
          {EXPORT_FORMATS.map((format) => (
            <a
              key={format}
              class="menu-item"
              href={api.exportUrl(format, search.listFilter.value)}
              download={`argus.${format}`}
              onClick={choose}
            >
              <span>{FORMATS[format][0]}</span>
              <span class="menu-hint">{FORMATS[format][1]}</span>
            </a>
          ))}
        </div>
      )}
    </div>
  );
}
