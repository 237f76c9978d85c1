import { useEffect } from "preact/hooks";

import { useApp } from "./app-context.ts";
import { LazyPart, useLazy } from "./lazy-part.ts";
import { Notice } from "./notice.tsx";

const WALL_PART = new LazyPart(() => import("../wall/wall-view.tsx"));

/** The wall that is open, over everything else. */
export function WallOverlay() {
  const { walls } = useApp().mine;
  const id = walls.open.value;
  return id === null ? null : <OpenWall key={id} id={id} onClose={() => (walls.open.value = null)} />;
}

function OpenWall({ id, onClose }: { id: string; onClose: () => void }) {
  const { module, problem } = useLazy(WALL_PART);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  if (module !== null) return <module.WallView id={id} onClose={onClose} />;
  return (
    <section class="overlay" aria-label="Wall">
      {problem === null ? <p class="label overlay-wait">Loading the wall…</p> : <Notice problem={problem} />}
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
    </section>
  );
}
