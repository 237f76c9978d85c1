import {
  bboxContains,
  CameraInput,
  describeIssues,
  type ListedCamera,
  RawCameraId,
  type SourceManifest,
  toListedCamera,
} from "@argus/core";
import { refusalOf } from "@argus/source-sdk";

import { cutText, describeFault } from "./bounded-text.ts";
import { scrapeFlooded } from "./errors.ts";
import type { SourceProgress } from "./source-progress.ts";

/** Checks what one source emits in one scrape, turns valid cameras into complete ones and counts the others. */
export class CameraIntake {
  readonly #source: SourceManifest;
  readonly #progress: SourceProgress;
  readonly #maxCameras: number;
  readonly #isOpened: (url: URL) => boolean;
  readonly #accepted = new Set<string>();
  readonly #turnedAway = new Set<string>();

  constructor(parts: {
    source: SourceManifest;
    progress: SourceProgress;
    maxCameras: number;
    /** Camera addresses that the user has opened, as networks of their own. */
    isOpened: (url: URL) => boolean;
  }) {
    this.#source = parts.source;
    this.#progress = parts.progress;
    this.#maxCameras = parts.maxCameras;
    this.#isOpened = parts.isOpened;
  }

  /**
   * The camera as the store takes it, or null when it was rejected.
   * @throws ArgusError ARGUS_SCRAPE_FLOODED past the most cameras a source may list.
   */
  accept(candidate: unknown): ListedCamera | null {
    const read = readCamera(candidate);
    if ("reason" in read) return this.#turnAway(read.rawId, read.reason);
    const { camera } = read;
    const listed = withinAreas(toListedCamera(this.#source.id, camera, this.#source), this.#source);
    const refusal = refusalOf(camera, {
      sourceId: this.#source.id,
      isListed: () => this.#accepted.has(listed.id),
      isOpened: this.#isOpened,
    });
    if (refusal !== null) return this.#turnAway(camera.id, refusal);
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

/** What lies outside the areas that its source states is a mistake of the origin's, and its place unknown. */
function withinAreas(camera: ListedCamera, { areas }: SourceManifest): ListedCamera {
  const { lat, lon } = camera;
  if (areas.length === 0 || lat === null || lon === null) return camera;
  return areas.some((area) => bboxContains(area, { lat, lon })) ? camera : { ...camera, lat: null, lon: null };
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
