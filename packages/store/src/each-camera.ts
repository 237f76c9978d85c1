import type { Camera, CameraFilter } from "@argus/core";

import { type CameraIndex, lowerBound } from "./camera-index.ts";
import { copyCamera } from "./camera-record.ts";
import { compileFilter } from "./filter.ts";
import { TimeSlice } from "./time-slice.ts";

/** How many entries are looked at between two looks at the clock. */
const STRIDE = 256;

/**
 * Every camera a filter selects, in the order of ids, giving way to other work between slices.
 * `index` is asked anew for each stride, so that cameras stored meanwhile behind the present place are met too.
 */
export async function* eachCamera(
  index: () => CameraIndex,
  filter: CameraFilter,
  signal?: AbortSignal,
): AsyncGenerator<Camera, void> {
  const matches = compileFilter(filter);
  const slice = new TimeSlice();
  let after: string | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const sorted = index().inOrder();
    const from: number = after === null ? 0 : lowerBound(sorted, `${after}\0`);
    const stride = sorted.slice(from, from + STRIDE);
    for (const entry of stride) {
      if (!matches(entry)) continue;
      signal?.throwIfAborted();
      yield copyCamera(entry.camera);
    }
    const last = stride.at(-1);
    if (last === undefined) return;
    after = last.id;
    if (slice.isOver) await slice.pause();
  }
}
