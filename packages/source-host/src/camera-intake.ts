import {
  CameraInput,
  describeIssues,
  type ListedCamera,
  RawCameraId,
  type SourceManifest,
  toListedCamera,
} from "@argus/core";

import { cutText, describeFault } from "./bounded-text.ts";
import { scrapeFlooded } from "./errors.ts";
import type { SourceProgress } from "./source-progress.ts";

/** Checks what one source emits in one scrape, turns valid cameras into complete ones and counts the others. */
export class CameraIntake {
  readonly #source: SourceManifest;
  readonly #progress: SourceProgress;
  readonly #maxCameras: number;
  readonly #accepted = new Set<string>();
  readonly #turnedAway = new Set<string>();

  constructor(source: SourceManifest, progress: SourceProgress, maxCameras: number) {
    this.#source = source;
    this.#progress = progress;
    this.#maxCameras = maxCameras;
  }

  /**
   * The camera as the store takes it, or null when it was rejected.
   * @throws ArgusError ARGUS_SCRAPE_FLOODED past the most cameras a source may list.
   */
  accept(candidate: unknown): ListedCamera | null {
    const read = readCamera(candidate);
    if ("reason" in read) return this.#turnAway(read.rawId, read.reason);
    const { camera } = read;
    if (camera.id.startsWith(`${this.#source.id}:`)) {
      return this.#turnAway(
        camera.id,
        `the id carries the source's own prefix "${this.#source.id}:"; emit what the origin calls it`,
      );
    }
    const listed = toListedCamera(this.#source.id, camera, this.#source);
    if (this.#accepted.has(listed.id)) return this.#turnAway(camera.id, "duplicate id");
    this.#checkRoom();
    this.#accepted.add(listed.id);
    this.#progress.accepted();
    return listed;
  }

  /** Counts a row that the source dropped itself. */
  reject(rawId: unknown, reason: unknown): void {
    this.#turnAway(rawId, typeof reason === "string" ? reason : "no reason given");
  }

  /** The full ids of all that was listed, rejected ones too: the origin still lists those, so they are not gone. */
  listed(): ReadonlySet<string> {
    const all = new Set(this.#accepted);
    for (const id of this.#turnedAway) all.add(id);
    return all;
  }

  #turnAway(rawId: unknown, reason: string): null {
    this.#progress.rejected(rawId, reason);
    const id = RawCameraId.safeParse(rawId);
    if (id.success) {
      this.#checkRoom();
      this.#turnedAway.add(`${this.#source.id}:${id.data}`);
    }
    return null;
  }

  #checkRoom(): void {
    if (this.#accepted.size + this.#turnedAway.size >= this.#maxCameras) throw scrapeFlooded(this.#maxCameras);
  }
}

type ReadCamera = { camera: ReturnType<typeof CameraInput.parse> } | { rawId: unknown; reason: string };

function readCamera(candidate: unknown): ReadCamera {
  try {
    const parsed = CameraInput.safeParse(candidate);
    if (parsed.success) return { camera: parsed.data };
    return { rawId: idOf(candidate), reason: cutText(describeIssues(parsed.error)) };
  } catch (error) {
    // A getter that throws.
    return { rawId: undefined, reason: `cannot be read: ${describeFault(error)}` };
  }
}

function idOf(candidate: unknown): unknown {
  return typeof candidate === "object" && candidate !== null && "id" in candidate ? candidate.id : undefined;
}
