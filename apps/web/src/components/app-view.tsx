import { useEffect } from "preact/hooks";

import type { App } from "../models/app.ts";
import type { Tab } from "../models/layout.ts";
import { useApp } from "./app-context.ts";
import { BootOverlay } from "./boot-overlay.tsx";
import { DetailPanel } from "./detail-panel.tsx";
import { ImportOverlay } from "./import-overlay.tsx";
import { ListPanel } from "./list-panel.tsx";
import { MapPanel } from "./map-panel.tsx";
import { MessageBar } from "./message-bar.tsx";
import { SEARCH_BOX } from "./search-box.tsx";
import { Separator } from "./separator.tsx";
import { SourcesDialog } from "./sources-dialog.tsx";
import { TabBar } from "./tab-bar.tsx";
import { TopBar } from "./top-bar.tsx";
import { WallOverlay } from "./wall-overlay.tsx";

export function AppView() {
  const app = useApp();
  const { narrow, tab, widths } = app.layout;
  useEffect(() => listenToKeys(app), [app]);
  const covered = app.mine.walls.open.value !== null;
  const behind = app.enlarged.value || covered;
  const style = { "--list-width": `${widths.value.list}px`, "--detail-width": `${widths.value.detail}px` };
  const panel = (name: Tab): { class: string; inert: boolean } => {
    const away = narrow.value && tab.value !== name;
    return {
      class: `panel panel-${name}${away ? " is-away" : ""}`,
      inert: away || covered || (behind && name !== "detail"),
    };
  };
  return (
    <div class="page" data-narrow={narrow.value} data-covered={covered} style={style}>
      <TopBar inert={behind} />
      <main class="panels">
        <ListPanel {...panel("list")} />
        <Separator side="list" label="Width of the camera list" />
        <MapPanel {...panel("map")} />
        <Separator side="detail" label="Width of the detail panel" />
        <DetailPanel {...panel("detail")} />
      </main>
      {narrow.value && <TabBar inert={behind} />}
      <WallOverlay />
      <ImportOverlay />
      <SourcesDialog />
      <BootOverlay />
      <MessageBar />
    </div>
  );
}

/** `/` goes to the search box, Escape leaves the enlarged picture. */
function listenToKeys(app: App): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && app.enlarged.value) app.enlarged.value = false;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]") !== null || app.enlarged.value || app.mine.walls.open.value !== null)
      return;
    event.preventDefault();
    if (app.layout.narrow.value) app.layout.tab.value = "list";
    // The list's tab may still have to come into sight.
    requestAnimationFrame(() => document.getElementById(SEARCH_BOX)?.focus());
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
