import { EXPORT_FORMATS } from "../api.ts";
import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { IMPORT_PART } from "./import-overlay.tsx";
import { loadsSoon } from "./lazy-part.ts";
import { MenuButton } from "./menu-button.tsx";

const FORMATS = {
  geojson: ["GeoJSON", "maps and GIS"],
  csv: ["CSV", "spreadsheets"],
  kml: ["KML", "Google Earth"],
  ndjson: ["NDJSON", "one camera a line"],
} as const;

/** Cameras out, and cameras in. */
export function ExportMenu() {
  const { api, mine, search, list } = useApp();
  return (
    <MenuButton id="export-menu" label="Import, export" icon="export" menuClass="menu-right">
      {(close) => (
        <>
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
              onClick={close}
            >
              <span>{FORMATS[format][0]}</span>
              <span class="menu-hint">{FORMATS[format][1]}</span>
            </a>
          ))}
          <a class="menu-item menu-rule" href={api.personalUrl()} download="argus-personal.json" onClick={close}>
            <span>Everything of mine</span>
            <span class="menu-hint">favourites, notes, collections, walls</span>
          </a>
          <button
            type="button"
            class="menu-item menu-rule"
            {...loadsSoon(IMPORT_PART)}
            onClick={() => {
              close();
              mine.importing.value = true;
            }}
          >
            <span>Import cameras…</span>
            <span class="menu-hint">CSV, GeoJSON</span>
          </button>
        </>
      )}
    </MenuButton>
  );
}
