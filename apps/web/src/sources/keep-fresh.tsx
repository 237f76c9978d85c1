import type { Signal } from "@preact/signals";

import { useApp } from "../components/app-context.ts";
import { useSourceModels } from "./source-models.ts";

/** Whether the chosen sources are also to be read again by themselves. */
export function KeepFresh({ keep }: { keep: Signal<boolean> }) {
  const { choice } = useSourceModels();
  const { registry, scrape } = useApp();
  const ids = new Set(choice.ready(scrape.current.value));
  const chosen = registry.sources.value?.filter(({ id }) => ids.has(id)) ?? [];
  if (chosen.length > 0 && chosen.every(({ enabled }) => enabled))
    return <p class="dialog-note">{chosen.length === 1 ? "It is" : "All of them are"} kept up to date already.</p>;
  return (
    <label class="keep-fresh">
      <input
        type="checkbox"
        checked={keep.value}
        aria-labelledby="keep-fresh-name"
        aria-describedby="keep-fresh-why"
        onChange={(event) => (keep.value = event.currentTarget.checked)}
      />
      <span>
        <span class="keep-fresh-name" id="keep-fresh-name">
          and keep them up to date
        </span>
        <span class="keep-fresh-why" id="keep-fresh-why">
          Each is read again by itself, after its own interval.
        </span>
      </span>
    </label>
  );
}
