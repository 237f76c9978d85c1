import type { Camera } from "@argus/core";

import { utc } from "../format.ts";

/** What AI has written about a camera; shown whether or not AI is switched on now. */
export function CameraNotes({ camera }: { camera: Camera }) {
  return (
    <>
      <Note title="Scene" text={camera.scene_description} at={camera.scene_analyzed_at} />
      <Note title="Brief" text={camera.intel_brief} at={camera.intel_brief_generated_at} />
    </>
  );
}

function Note({ title, text, at }: { title: string; text: string | null; at: string | null }) {
  if (text === null) return null;
  return (
    <section class="note">
      <h3 class="label">
        {title} <span class="note-origin">written by AI{at === null ? "" : `, ${utc(at)}`}</span>
      </h3>
      <p>{text}</p>
    </section>
  );
}
