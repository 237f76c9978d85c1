import type { Camera } from "@argus/core";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { duration, kindName } from "../format.ts";
import { isShown, type Picture, staleAfterMs } from "../models/picture.ts";
import { useApp } from "./app-context.ts";
import { Away } from "./camera-facts.tsx";
import { Icon } from "./icons.tsx";
import { Notice } from "./notice.tsx";
import { drawFrame, printOf } from "./picture-frames.ts";

const SAMPLE_MS = 1000;
/** A picture that changed this recently is simply live. */
const FRESH_MS = 4000;

export function PictureView({ camera }: { camera: Camera }) {
  const { picture, enlarged } = useApp();
  return (
    <div class={`picture${enlarged.value ? " is-enlarged" : ""}`} data-phase={picture.phase.value}>
      <PictureFrame camera={camera} picture={picture}>
        <PictureState camera={camera} />
      </PictureFrame>
      <div class="picture-tools">
        {isShown(camera) ? <PictureTools camera={camera} /> : <span class="age">Not played here yet</span>}
      </div>
    </div>
  );
}

/** The moving picture itself; `children` lie over it. */
export function PictureFrame({
  camera,
  picture,
  children,
}: {
  camera: Camera;
  picture: Picture;
  children: ComponentChildren;
}) {
  const still = useRef<HTMLCanvasElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const url = picture.url.value;
  const attempt = picture.attempt.value;
  useEffect(() => {
    const element = image.current;
    if (url === null || element === null) return undefined;
    element.src = url;
    const timer = setInterval(() => watchPicture(element, picture), SAMPLE_MS);
    return () => {
      clearInterval(timer);
      if (picture.paused.peek() && still.current !== null) drawFrame(element, still.current);
      // Taken away from the page alone, a multipart picture would go on loading.
      element.removeAttribute("src");
    };
  }, [url, attempt]);
  return (
    <div class="picture-frame">
      {url !== null && (
        <img
          key={attempt}
          ref={image}
          class="picture-moving"
          alt={camera.name}
          onLoad={() => picture.loaded()}
          onError={(event) => event.currentTarget.hasAttribute("src") && picture.failed()}
        />
      )}
      <canvas ref={still} class="picture-still" hidden={picture.phase.value !== "paused"} />
      {children}
    </div>
  );
}

function watchPicture(element: HTMLImageElement, picture: Picture): void {
  // A stream that breaks off leaves a broken image, and no event.
  if (element.complete && element.naturalWidth === 0) return picture.failed();
  const print = printOf(element);
  if (print !== null) picture.sampled(print);
}

function PictureState({ camera }: { camera: Camera }) {
  const { picture, clock } = useApp();
  const now = clock.now.value;
  const waited = now - picture.since.value;
  switch (picture.phase.value) {
    case "connecting":
      return (
        <p class="picture-words" role="status">
          Connecting…
          <span class="num">{waited >= 2000 && duration(waited)}</span>
        </p>
      );
    case "away":
      return <p class="picture-words">Stopped while out of sight</p>;
    case "unsupported":
      return <Unsupported camera={camera} />;
    case "error":
      return picture.problem.value === null ? null : (
        <Notice problem={picture.problem.value}>
          <button type="button" class="button" onClick={() => picture.retry()}>
            Try again
          </button>
          {camera.page_url !== null && <Away href={camera.page_url}>At its origin</Away>}
        </Notice>
      );
    default:
      return null;
  }
}

/** Honest about what this version cannot play. */
function Unsupported({ camera }: { camera: Camera }) {
  const origin = camera.page_url ?? camera.stream_url;
  const why =
    camera.stream_kind === "page"
      ? "Its origin shows this camera on a page of its own only."
      : `Argus does not show ${kindName(camera.stream_kind)} yet.`;
  return (
    <div class="picture-words">
      <p>{why}</p>
      {origin !== null && <Away href={origin}>Open at its origin</Away>}
    </div>
  );
}

function PictureTools({ camera }: { camera: Camera }) {
  const { api, picture, enlarged } = useApp();
  const paused = picture.paused.value;
  const size = enlarged.value ? "Back to the panel" : "Enlarge";
  return (
    <>
      <Age camera={camera} />
      <button
        type="button"
        class="icon-button"
        aria-label={paused ? "Play" : "Pause"}
        title={paused ? "Play" : "Pause"}
        disabled={picture.phase.value === "error"}
        onClick={() => picture.toggle()}
      >
        <Icon name={paused ? "play" : "pause"} />
      </button>
      <a
        class="icon-button"
        href={api.snapshotUrl(camera.id)}
        download={`${camera.id.replaceAll(/[^\w.-]+/gu, "_")}.jpg`}
        aria-label="Download a still"
        title="Download a still"
      >
        <Icon name="export" />
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label={size}
        title={size}
        aria-pressed={enlarged.value}
        onClick={() => (enlarged.value = !enlarged.value)}
      >
        <Icon name={enlarged.value ? "reduce" : "enlarge"} />
      </button>
    </>
  );
}

/** Whether the picture moves, and since when it has not. */
function Age({ camera }: { camera: Camera }) {
  const { picture, clock } = useApp();
  const phase = picture.phase.value;
  const changedAt = picture.changedAt.value;
  if (phase === "paused") return <span class="age">Paused</span>;
  if (phase !== "live" || changedAt === null) return <span class="age" />;
  const age = clock.now.value - changedAt;
  const stale = age > staleAfterMs(camera);
  return (
    <span class="age" data-stale={stale}>
      <span class="age-dot" />
      {stale
        ? `No new picture for ${duration(age)}`
        : age < FRESH_MS
          ? "Live"
          : `Live · last change ${duration(age)} ago`}
      {stale && (
        <button type="button" class="link-button" onClick={() => picture.retry()}>
          Reconnect
        </button>
      )}
    </span>
  );
}
