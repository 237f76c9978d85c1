import type { Camera } from "@argus/core";
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import { type Problem, problemOf } from "./problem.ts";

/** The part of the address that follows `#`. */
export type Address = { read(): string; write(hash: string): void };

/** What an address can name. */
export type Named = { camera: string | null; wall: string | null };

/** `#camera=<id>&wall=<id>` ⇄ what is named. */
export function readHash(hash: string): Named {
  const params = new URLSearchParams(hash.replace(/^#/u, ""));
  return { camera: params.get("camera") || null, wall: params.get("wall") || null };
}
export function writeHash(named: Named): string {
  const parts = (["camera", "wall"] as const).flatMap((key) => {
    const id = named[key];
    return id === null ? [] : [`${key}=${encodeURIComponent(id)}`];
  });
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
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
    this.#name(id);
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
    this.#name(null);
  }

  /** The camera the address names. */
  named(): string | null {
    return readHash(this.#address.read()).camera;
  }

  namedWall(): string | null {
    return readHash(this.#address.read()).wall;
  }

  #name(camera: string | null): void {
    this.#address.write(writeHash({ ...readHash(this.#address.read()), camera }));
  }

  dispose(): void {
    this.#calls.cancel();
  }
}
