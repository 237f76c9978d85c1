import type { Camera } from "@argus/core";
import { signal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { useApp } from "../components/app-context.ts";
import { HealthDot } from "../components/health-dot.tsx";
import { Icon, type IconName } from "../components/icons.tsx";
import { PictureFrame } from "../components/picture-view.tsx";
import { duration, kindName } from "../format.ts";
import { isShown, Picture } from "../models/picture.ts";
import type { InSight } from "./in-sight.ts";
import { isCamera, type WallBoard } from "./wall-board.ts";
import type { WallShow } from "./wall-show.ts";

/** A picture that changed this recently is simply live. */
const FRESH_MS = 4000;

export type CellProps = {
  board: WallBoard;
  show: WallShow;
  sight: InSight;
  place: number;
  columns: number;
  /** Whether Tab leads here: to one cell of the wall only. */
  focusable: boolean;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
  /** Moves the cell's camera as an arrow key does. */
  onMove: (key: string) => void;
  /** Goes from the wall to a camera. */
  onOpen: (camera: Camera) => void;
};

/** One place on a wall: a camera's picture, or nothing. */
export function WallCell(props: CellProps) {
  const { board, place, columns } = props;
  const id = board.arrangement.value.cells[place] ?? null;
  const known = id === null ? undefined : board.cameras.value.get(id);
  const where = `row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1}`;
  const name = id === null ? "Empty" : isCamera(known) ? known.name : id;
  const arranging = board.arranging.value;
  const handle = (
    <button
      type="button"
      class="cell-handle"
      data-place={place}
      tabIndex={props.focusable ? 0 : -1}
      aria-label={`${name}, ${where}`}
      title={name}
      onFocus={props.onFocus}
      onKeyDown={props.onKey}
      onClick={() => !arranging && isCamera(known) && props.onOpen(known)}
    >
      {id === null ? "" : name}
    </button>
  );
  return (
    <li class={`cell${id === null ? " is-empty" : ""}`}>
      {isCamera(known) && <CellPicture {...props} camera={known} handle={handle} />}
      {id !== null && !isCamera(known) && (
        <div class="cell-blank">
          {handle}
          <p>{known === undefined ? "Loading…" : known.message}</p>
        </div>
      )}
      {id === null && arranging && handle}
      {id !== null && arranging && <ArrangeButtons {...props} name={name} />}
    </li>
  );
}

function CellPicture(props: CellProps & { camera: Camera; handle: ComponentChildren }) {
  const { camera, show, sight } = props;
  const { api } = useApp();
  const runs = useComputed(() => show.running.value.has(camera.id));
  const picture = useMemo(() => new Picture(api, signal(camera), runs), [camera]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => () => picture.dispose(), [picture]);
  useEffect(() => (box.current === null ? undefined : sight.watch(box.current, camera.id)), [camera.id]);
  const moving = runs.value && picture.phase.value === "live";
  return (
    <div class="picture cell-picture" data-phase={picture.phase.value} ref={box}>
      <PictureFrame camera={camera} picture={picture}>
        {!moving && <Still camera={camera} show={show} covered={runs.value} />}
        {picture.problem.value !== null && <p class="cell-fault">{picture.problem.value.message}</p>}
      </PictureFrame>
      <CellFoot {...props} picture={picture} running={runs.value} />
    </div>
  );
}

/** The last still; also under a picture that is only about to run. */
function Still({ camera, show, covered }: { camera: Camera; show: WallShow; covered: boolean }) {
  const url = show.stills.urls.value.get(camera.id);
  const failed = useMemo(() => signal(false), []);
  const done = (broken: boolean): void => {
    failed.value = broken;
    show.stills.done(camera.id, !broken);
  };
  return (
    <>
      {url !== undefined && (
        <img
          class="cell-still"
          src={url}
          alt={`Still of ${camera.name}`}
          hidden={failed.value}
          onLoad={() => done(false)}
          onError={() => done(true)}
        />
      )}
      {(failed.value || url === undefined) && (
        <p class="cell-words">{covered ? "Connecting…" : failed.value ? noStill(camera) : "Waiting for a still…"}</p>
      )}
    </>
  );
}

function noStill(camera: Camera): string {
  return isShown(camera) ? "No still to be had now" : `Argus does not show ${kindName(camera.stream_kind)} yet`;
}

function CellFoot(
  props: CellProps & { camera: Camera; handle: ComponentChildren; picture: Picture; running: boolean },
) {
  const { board, camera, show, picture, running, focusable } = props;
  const button = { tabIndex: focusable ? 0 : -1 };
  return (
    <div class="cell-foot">
      <HealthDot camera={camera} />
      {props.handle}
      {isShown(camera) && <State picture={picture} running={running} />}
      {!board.arranging.value && !running && isShown(camera) && (
        <CellButton {...button} icon="play" label={`Let ${camera.name} move`} onPress={() => show.ask(camera.id)} />
      )}
      {!board.arranging.value && running && picture.problem.value !== null && (
        <CellButton {...button} icon="scrape" label={`Try ${camera.name} again`} onPress={() => picture.retry()} />
      )}
    </div>
  );
}

function State({ picture, running }: { picture: Picture; running: boolean }) {
  const { clock } = useApp();
  const changedAt = picture.changedAt.value;
  if (!running) return <span class="cell-state">Still</span>;
  if (picture.phase.value !== "live" || changedAt === null) return <span class="cell-state">…</span>;
  const age = clock.now.value - changedAt;
  return (
    <span class="cell-state is-live num">
      <span class="age-dot" />
      {age < FRESH_MS ? "Live" : duration(age)}
    </span>
  );
}

function ArrangeButtons({ board, place, onMove, focusable, name }: CellProps & { name: string }) {
  const tabIndex = focusable ? 0 : -1;
  const move = (key: string, icon: IconName, label: string) => (
    <CellButton icon={icon} label={`Move ${name} ${label}`} tabIndex={tabIndex} onPress={() => onMove(key)} />
  );
  return (
    <div class="cell-arrange" role="group" aria-label={`Arrange ${name}`}>
      {move("ArrowLeft", "previous", "left")}
      {move("ArrowUp", "up", "up")}
      {move("ArrowDown", "down", "down")}
      {move("ArrowRight", "next", "right")}
      <CellButton icon="remove" label={`Take ${name} down`} tabIndex={tabIndex} onPress={() => board.clear(place)} />
    </div>
  );
}

function CellButton({
  icon,
  label,
  tabIndex,
  onPress,
}: {
  icon: IconName;
  label: string;
  tabIndex: number;
  onPress: () => void;
}) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} tabIndex={tabIndex} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
