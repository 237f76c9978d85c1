import type { Camera } from "@argus/core";

import { toggleFavourite } from "../models/app.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";

type Starred = { camera: Pick<Camera, "id" | "name"> };

export function StarButton({ camera }: Starred) {
  const app = useApp();
  const starred = app.mine.favourites.has(camera.id);
  return (
    <button
      type="button"
      class="button star-button"
      aria-pressed={starred}
      title={starred ? "A favourite: take its star away" : "Make this camera a favourite"}
      onClick={() => void toggleFavourite(app, camera)}
    >
      <Icon name="star" />
      <span class="button-text">Favourite</span>
    </button>
  );
}

/**
 * The star of a list's row. Options hold nothing that takes the keyboard: F does it for the row it is at, and the words
 * are for those who do not see the star.
 */
export function RowStar({ camera }: Starred) {
  const app = useApp();
  const starred = app.mine.favourites.has(camera.id);
  return (
    <>
      <span
        class="row-star"
        data-starred={starred}
        aria-hidden="true"
        title={starred ? "A favourite (F)" : "Make it a favourite (F)"}
        onClick={(event) => {
          event.stopPropagation();
          void toggleFavourite(app, camera);
        }}
      >
        <Icon name="star" />
      </span>
      {starred && <span class="visually-hidden">, a favourite</span>}
    </>
  );
}
