import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { CameraNote } from "./camera-note.ts";
import { Collections } from "./collections.ts";
import { Favourites } from "./favourites.ts";
import type { Messages } from "./messages.ts";
import { Walls } from "./walls.ts";

/** What the user keeps besides the registry itself. */
export type Mine = {
  favourites: Favourites;
  /** The note on the selected camera. */
  note: CameraNote;
  collections: Collections;
  walls: Walls;
  /** Whether the import dialog is open. */
  importing: Signal<boolean>;
  /** Reads anew what may have been changed elsewhere. */
  refresh(): void;
  dispose(): void;
};

export function createMine(
  api: Api,
  messages: Messages,
  { cameraId, visible }: { cameraId: ReadonlySignal<string | null>; visible: ReadonlySignal<boolean> },
): Mine {
  const favourites = new Favourites(api, messages);
  const note = new CameraNote(api, cameraId, messages);
  const collections = new Collections(api, cameraId, messages);
  const walls = new Walls(api, messages);
  // Whoever leaves the page may not come back to it.
  const stopSaving = effect(() => {
    if (!visible.value) void note.save();
  });
  const refresh = (): void => {
    favourites.load();
    collections.load();
  };
  return {
    favourites,
    note,
    collections,
    walls,
    importing: signal(false),
    refresh,
    dispose: () => {
      stopSaving();
      for (const part of [favourites, note, collections, walls]) part.dispose();
    },
  };
}
