import type { Camera, Clock } from "@argus/core";

import type { Address } from "./camera-addresses.ts";
import type { Egress } from "./egress.ts";
import { unreachable } from "./errors.ts";
import type { FailureMemory } from "./failure-memory.ts";
import { readPictures, type ReaderOptions, welcomed } from "./picture-reader.ts";
import type { Snapshots } from "./snapshots.ts";
import { sleep, type Timer } from "./timer.ts";

// A still that does not change is sent again this often, so that nothing between takes the connection for dead.
const KEEP_ALIVE_MS = 10_000;
// A timer may fire a moment before the clock says so.
const MIN_POLL_MS = 50;

/** A picture of a moving one; `at` in milliseconds since 1970. */
export type Picture = { readonly jpeg: Uint8Array; readonly at: number };

/** What a camera's pictures come from. */
export type Upstream = {
  /** Pictures until the signal aborts. It never just ends: what was lost is thrown. */
  pictures(signal: AbortSignal): AsyncIterable<Picture>;
  /** Milliseconds before the camera may be asked again after it failed. */
  waitMs(): number;
};

export type MjpegOptions = ReaderOptions & { egress: Egress; failures: FailureMemory };

/** One connection to a camera that pushes its pictures. */
export function mjpegUpstream(address: Address, { egress, failures, limits, clock }: MjpegOptions): Upstream {
  const { key } = address;
  async function* pictures(signal: AbortSignal): AsyncGenerator<Picture, void, undefined> {
    failures.check(key);
    try {
      const answer = await address.with(signal, async (url) => welcomed(await egress.open(url, { signal })));
      for await (const jpeg of readPictures(answer, { limits, clock })) {
        failures.clear(key);
        yield { jpeg, at: clock() };
      }
      throw unreachable(answer.url.host, "closed the stream");
    } catch (error) {
      if (!signal.aborted && error instanceof Error) failures.record(key, error);
      throw error;
    }
  }
  return { pictures, waitMs: () => failures.waitMs(key) };
}

export type StillsOptions = { snapshots: Snapshots; clock: Clock; timer: Timer };

/** A camera whose still is fetched again whenever the origin should have a newer one. */
export function stillsUpstream(camera: Camera, { snapshots, clock, timer }: StillsOptions): Upstream {
  async function* pictures(signal: AbortSignal): AsyncGenerator<Picture, void, undefined> {
    let shown: Picture | null = null;
    for (;;) {
      const still = await snapshots.get(camera, signal);
      const now = clock();
      if (shown === null || shown.jpeg !== still.jpeg || now - shown.at >= KEEP_ALIVE_MS) {
        shown = { jpeg: still.jpeg, at: now };
        yield { jpeg: still.jpeg, at: Date.parse(still.taken_at) };
      }
      await sleep(Math.max(MIN_POLL_MS, Math.min(still.freshUntil - now, KEEP_ALIVE_MS)), timer, signal);
    }
  }
  return { pictures, waitMs: () => snapshots.waitMs(camera) };
}
