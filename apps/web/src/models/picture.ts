import type { Camera } from "@argus/core";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";

export type PicturePhase = "empty" | "unsupported" | "connecting" | "live" | "paused" | "away" | "error";

/** The kinds of stream that can be shown. */
const SHOWN_KINDS: ReadonlySet<string> = new Set(["mjpeg", "jpeg"]);
const STALE_AFTER_MS = 30_000;
/** A connection that held this long is worth another at once; one that breaks sooner would go round and round. */
const PLAYED_MS = 5000;
/** A still is late after this many of its own intervals. */
const MISSED_REFRESHES = 3;

export function isShown(camera: Pick<Camera, "stream_kind">): boolean {
  return SHOWN_KINDS.has(camera.stream_kind);
}

/** How long a picture may stay the same before it is called stale, in milliseconds. */
export function staleAfterMs({ refresh_s }: Pick<Camera, "refresh_s">): number {
  return Math.max(STALE_AFTER_MS, (refresh_s ?? 0) * 1000 * MISSED_REFRESHES);
}

/**
 * The moving picture of the selected camera. The browser's `<img>` plays the stream and tells neither its age nor its
 * faults: the age is measured by comparing what it shows, and a fault is asked of the server.
 */
export class Picture {
  readonly paused: Signal<boolean> = signal(false);
  readonly problem: Signal<Problem | null> = signal(null);
  /** When the present connection was asked for, and when its picture last changed; null before its first. */
  readonly since: Signal<number> = signal(0);
  readonly changedAt: Signal<number | null> = signal(null);
  /** Grows with every new connection; the `<img>` is made anew with it. */
  readonly attempt: Signal<number> = signal(0);
  readonly phase: ReadonlySignal<PicturePhase>;
  /** What the `<img>` is to load; null while nothing is to be. */
  readonly url: ReadonlySignal<string | null>;
  readonly dispose: () => void;

  readonly #api: Pick<Api, "explainStream">;
  readonly #camera: ReadonlySignal<Camera | null>;
  readonly #calls = new Latest();
  readonly #clock: () => number;
  #print: number | null = null;

  constructor(
    api: Pick<Api, "explainStream" | "streamUrl">,
    camera: ReadonlySignal<Camera | null>,
    inSight: ReadonlySignal<boolean>,
    clock: () => number = Date.now,
  ) {
    this.#api = api;
    this.#camera = camera;
    this.#clock = clock;
    const id = computed(() => camera.value?.id ?? null);
    this.phase = computed(() => this.#phaseOf(camera.value, inSight.value));
    this.url = computed(() =>
      id.value !== null && (this.phase.value === "connecting" || this.phase.value === "live")
        ? api.streamUrl(id.value)
        : null,
    );
    const stopCamera = effect(() => {
      if (id.value !== null) this.paused.value = false;
      this.#start();
    });
    const stopUrl = effect(() => {
      if (this.url.value !== null) this.#start();
    });
    this.dispose = () => {
      stopCamera();
      stopUrl();
      this.#calls.cancel();
    };
  }

  #phaseOf(camera: Camera | null, inSight: boolean): PicturePhase {
    if (camera === null) return "empty";
    if (!isShown(camera)) return "unsupported";
    if (this.problem.value !== null) return "error";
    if (this.paused.value) return "paused";
    if (!inSight) return "away";
    return this.changedAt.value === null ? "connecting" : "live";
  }

  #start(): void {
    this.#calls.cancel();
    this.#print = null;
    batch(() => {
      this.problem.value = null;
      this.changedAt.value = null;
      this.since.value = this.#clock();
      this.attempt.value = this.attempt.peek() + 1;
    });
  }

  /** The `<img>` has its first picture. */
  loaded(): void {
    this.changedAt.value ??= this.#clock();
  }

  /** What the `<img>` shows now, as a number that differs where the picture does. */
  sampled(print: number): void {
    if (print === this.#print) return;
    this.#print = print;
    this.changedAt.value = this.#clock();
  }

  /** The `<img>` gave up. A stream that broke off after it had played, and that the server would play, is taken up again. */
  failed(): void {
    const id = this.#camera.peek()?.id;
    if (id === undefined || this.#calls.busy) return;
    const played = this.changedAt.peek() !== null && this.#clock() - this.since.peek() >= PLAYED_MS;
    void this.#calls.run((signal) => this.#api.explainStream(id, signal), {
      value: (error) => {
        if (error === null && played) this.#start();
        else this.problem.value = error === null ? BROKEN_OFF : problemOf(error);
      },
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  /** Tries again what failed; the server has come back. */
  revive(): void {
    if (this.problem.peek() !== null) this.#start();
  }

  retry(): void {
    this.#start();
  }

  toggle(): void {
    this.paused.value = !this.paused.value;
  }
}

const BROKEN_OFF: Problem = {
  message: "The picture broke off, though the server can be reached.",
  code: null,
  advice: "Try again.",
};
