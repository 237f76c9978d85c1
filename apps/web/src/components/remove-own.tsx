import type { Camera } from "@argus/core";
import { useSignal } from "@preact/signals";

import { refreshAll } from "../models/app.ts";
import { isOwn } from "../models/registry.ts";
import { useApp } from "./app-context.ts";
import { takeFocus } from "./take-focus.ts";

/** Takes an imported camera out of the registry, once that is confirmed; others are their sources' to list. */
export function RemoveOwn({ camera }: { camera: Camera }) {
  const app = useApp();
  const asking = useSignal(false);
  if (!isOwn(camera.source_id) || camera.gone_at !== null) return null;
  const remove = async (): Promise<void> => {
    asking.value = false;
    try {
      await app.api.removeCamera(camera.id);
      app.messages.tell(`“${camera.name}” is removed. Importing it again brings it back.`);
      app.selection.refresh();
      refreshAll(app);
    } catch (error) {
      app.messages.fail(`“${camera.name}” was not removed.`, error);
    }
  };
  if (!asking.value) {
    return (
      <p class="remove-own">
        <button type="button" class="link-button" onClick={() => (asking.value = true)}>
          Remove this camera
        </button>
      </p>
    );
  }
  return (
    <div class="confirm" role="group" aria-label={`Remove ${camera.name}?`}>
      <p>Remove “{camera.name}”? Your note on it, its star and its collections stay.</p>
      <div class="confirm-actions">
        <button type="button" class="button is-fault" onClick={() => void remove()}>
          Remove
        </button>
        <button type="button" class="button" ref={takeFocus} onClick={() => (asking.value = false)}>
          Keep
        </button>
      </div>
    </div>
  );
}
