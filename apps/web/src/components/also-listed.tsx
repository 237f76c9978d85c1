import type { Camera } from "@argus/core";

import { openCamera } from "../models/app.ts";
import { useApp } from "./app-context.ts";
import { Away } from "./camera-facts.tsx";

/** The other sources that list the same view, each with the credit its owner asks for. */
export function AlsoListed() {
  const { cameras } = useApp().duplicates;
  if (cameras.value.length === 0) return null;
  return (
    <section class="also" aria-label="Also listed by other sources">
      {cameras.value.map((camera) => (
        <Other key={camera.id} camera={camera} />
      ))}
    </section>
  );
}

function Other({ camera }: { camera: Camera }) {
  const app = useApp();
  const { attribution, licence, terms_url } = camera;
  return (
    <p class="also-one">
      Also listed by {app.registry.nameOf(camera.source_id)}, as{" "}
      <button type="button" class="also-link" onClick={() => openCamera(app, camera)}>
        <bdi>{camera.name}</bdi>
      </button>
      . Credit: {attribution}. Licence: {licence}. {terms_url !== null && <Away href={terms_url}>Terms</Away>}
    </p>
  );
}
