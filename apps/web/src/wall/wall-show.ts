import type { Camera } from "@argus/core";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { isShown } from "../models/picture.ts";
import { Stills } from "./stills.ts";
import { isCamera, type WallBoard } from "./wall-board.ts";
import { runningOf } from "./wall-players.ts";

/** What of a wall is shown how: some pictures run, the others show stills. */
export class WallShow {
  readonly running: ReadonlySignal<ReadonlySet<string>>;
  readonly stills: Stills;
  readonly #asked: Signal<readonly string[]> = signal([]);

  constructor(
    board: Pick<WallBoard, "arrangement" | "cameras" | "wall">,
    api: Pick<Api, "snapshotUrl">,
    inSight: ReadonlySignal<ReadonlySet<string>>,
  ) {
    const cameras = computed(() =>
      board.arrangement.value.cells.flatMap((id): Camera[] => {
        const camera = id === null ? undefined : board.cameras.value.get(id);
        return isCamera(camera) ? [camera] : [];
      }),
    );
    // By their places as stored, so that arranging starts and stops nothing.
    const byPlace = computed(() => {
      const places = board.wall.value?.cells ?? [];
      return cameras.value.toSorted((a, b) => places.indexOf(a.id) - places.indexOf(b.id));
    });
    this.running = computed(() =>
      runningOf(
        byPlace.value.map((camera) => ({
          id: camera.id,
          plays: isShown(camera),
          inSight: inSight.value.has(camera.id),
        })),
        this.#asked.value,
      ),
    );
    const resting = computed(() =>
      cameras.value.map(({ id }) => id).filter((id) => inSight.value.has(id) && !this.running.value.has(id)),
    );
    this.stills = new Stills((id, at) => api.snapshotUrl(id, { at }), resting);
  }

  /** Lets a camera's picture run, in place of the one that was asked for longest ago, or of the last that hangs there. */
  ask(id: string): void {
    this.#asked.value = [...this.#asked.peek().filter((other) => other !== id), id];
  }

  dispose(): void {
    this.stills.dispose();
  }
}
