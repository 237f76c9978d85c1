import type { Camera } from "@argus/core";

import { openCamera } from "../models/app.ts";
import { isUnread, namesOf } from "../models/source-facts.ts";
import { useApp } from "./app-context.ts";
import { AlsoListed } from "./also-listed.tsx";
import { CameraFacts } from "./camera-facts.tsx";
import { CameraMine } from "./camera-mine.tsx";
import { CameraNotes } from "./camera-notes.tsx";
import { HealthDot } from "./health-dot.tsx";
import { Icon } from "./icons.tsx";
import { loadsSoon } from "./lazy-part.ts";
import { Notice } from "./notice.tsx";
import { PictureView } from "./picture-view.tsx";
import { RemoveOwn } from "./remove-own.tsx";
import { SOURCES_PART } from "./sources-part.ts";

export function DetailPanel({ class: className, inert }: { class: string; inert: boolean }) {
  return (
    <section class={className} inert={inert} aria-label="Camera">
      <DetailContent />
    </section>
  );
}

function DetailContent() {
  const { selection } = useApp();
  const camera = selection.camera.value;
  if (camera !== null) return <CameraDetail camera={camera} />;
  if (selection.problem.value !== null) {
    return (
      <Notice problem={selection.problem.value}>
        <button type="button" class="button" onClick={() => selection.refresh()}>
          Try again
        </button>
        <button type="button" class="button" onClick={() => selection.clear()}>
          Close
        </button>
      </Notice>
    );
  }
  return (
    <>
      <div class="picture">
        <div class="picture-frame is-blank" />
        <div class="picture-tools" />
      </div>
      <div class="empty">
        {selection.id.value === null ? (
          <>
            <p>Choose a camera on the map or in the list to see its picture and what is known of it.</p>
            <UnreadSources />
          </>
        ) : (
          <p class="label">Loading camera…</p>
        )}
      </div>
    </>
  );
}

/** What else could be here: sources that were never read. */
function UnreadSources() {
  const { registry, sourcesShown, scrape } = useApp();
  const unread = (registry.sources.value ?? []).filter(isUnread);
  if (unread.length === 0 || scrape.current.value !== null) return null;
  return (
    <>
      <p>
        {unread.length === 1 ? "One more source is" : `${unread.length} more sources are`} installed and not read yet:{" "}
        {namesOf(unread)}.
      </p>
      <button type="button" class="button" {...loadsSoon(SOURCES_PART)} onClick={() => (sourcesShown.value = true)}>
        Choose sources
      </button>
    </>
  );
}

function CameraDetail({ camera }: { camera: Camera }) {
  return (
    <>
      <PictureView camera={camera} />
      <div class="detail-scroll">
        <header class="detail-head">
          <h2>
            <HealthDot camera={camera} />
            <bdi>{camera.name}</bdi>
          </h2>
          <Neighbours />
        </header>
        {camera.gone_at !== null && <p class="detail-gone">Its source no longer lists this camera.</p>}
        {camera.description !== null && <p class="detail-description">{camera.description}</p>}
        <CameraMine camera={camera} />
        <CameraFacts camera={camera} />
        <AlsoListed />
        <CameraNotes camera={camera} />
        <RemoveOwn camera={camera} />
      </div>
    </>
  );
}

function Neighbours() {
  const app = useApp();
  const { previous, next } = app.selection;
  const step = (camera: Camera | null, label: string, icon: "previous" | "next") => (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={camera === null ? label : `${label}: ${camera.name}`}
      disabled={camera === null}
      onClick={() => camera !== null && openCamera(app, camera)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="neighbours">
      {step(previous.value, "Previous camera", "previous")}
      {step(next.value, "Next camera", "next")}
      <button
        type="button"
        class="icon-button"
        aria-label="Close camera"
        title="Close camera"
        onClick={() => app.selection.clear()}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
