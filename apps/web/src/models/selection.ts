import type { Camera } from "@argus/core";
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";

const HASH_KEY = "camera";

/** The part of the address that follows `#`. */
export type Address = { read(): string; write(hash: string): void };

/** `#camera=<id>` ⇄ id. */
export function readHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/u, "")).get(HASH_KEY);
}
export function writeHash(id: string | null): string {
  return id === null ? "" : `#${HASH_KEY}=${encodeURIComponent(id)}`;
}

/** The camera that is looked at; the address carries its id, so that it can be sent to somebody. */
export class Selection {
  readonly id: Signal<string | null> = signal(null);
  /** The record of `id`; null while it is fetched. */
  readonly camera: Signal<Camera | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);
  readonly previous: ReadonlySignal<Camera | null>;
  readonly next: ReadonlySignal<Camera | null>;

  readonly #api: Pick<Api, "camera">;
  readonly #address: Address;
  readonly #calls = new Latest();

  constructor(api: Pick<Api, "camera">, listed: ReadonlySignal<readonly Camera[]>, address: Address) {
    this.#api = api;
    this.#address = address;
    const at = computed(() => listed.value.findIndex(({ id }) => id === this.id.value));
    this.previous = computed(() => listed.value[at.value - 1] ?? null);
    this.next = computed(() => (at.value < 0 ? null : (listed.value[at.value + 1] ?? null)));
  }

  /** Selects a camera whose record is at hand, or one by its id. */
  select(wanted: Camera | string): void {
    const id = typeof wanted === "string" ? wanted : wanted.id;
    if (id === this.id.peek() && this.problem.peek() === null) return;
    this.#calls.cancel();
    batch(() => {
      this.id.value = id;
      this.camera.value = typeof wanted === "string" ? null : wanted;
      this.problem.value = null;
    });
    this.#address.write(writeHash(id));
    if (typeof wanted === "string") this.refresh();
  }

  /** Fetches the record anew, as after a scrape. */
  refresh(): void {
    const id = this.id.peek();
    if (id === null) return;
    void this.#calls.run((signal) => this.#api.camera(id, { signal }), {
      value: (camera) =>
        batch(() => {
          this.camera.value = camera;
          this.problem.value = null;
        }),
      error: (error) => {
        // A record that is shown stays when it cannot be had anew.
        if (this.camera.peek() === null) this.problem.value = problemOf(error);
      },
    });
  }

  clear(): void {
    this.#calls.cancel();
    batch(() => {
      this.id.value = null;
      this.camera.value = null;
      this.problem.value = null;
    });
    this.#address.write("");
  }

  /** The camera the address names. */
  named(): string | null {
    return readHash(this.#address.read()) || null;
  }

  dispose(): void {
    this.#calls.cancel();
  }
}
