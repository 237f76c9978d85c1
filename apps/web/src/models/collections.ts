import type { Collection } from "@argus/core";
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import type { Messages } from "./messages.ts";
import { type Problem, problemOf } from "./problem.ts";

type Calls = Pick<
  Api,
  "collections" | "createCollection" | "renameCollection" | "removeCollection" | "changeCollectionCameras"
>;

/** The named collections, and which of them the selected camera is in. */
export class Collections {
  /** By name; null before they are known. */
  readonly list: Signal<readonly Collection[] | null> = signal(null);
  /** Those the selected camera is in; null while not known. */
  readonly holding: Signal<ReadonlySet<string> | null> = signal(null);
  /** Why the last thing that was asked could not be done. */
  readonly problem: Signal<Problem | null> = signal(null);
  /** Grows when a collection's cameras have changed. */
  readonly revision: Signal<number> = signal(0);
  readonly dispose: () => void;

  readonly #api: Calls;
  readonly #cameraId: ReadonlySignal<string | null>;
  readonly #messages: Messages;
  readonly #lists = new Latest();
  readonly #holdings = new Latest();

  constructor(api: Calls, cameraId: ReadonlySignal<string | null>, messages: Messages) {
    this.#api = api;
    this.#cameraId = cameraId;
    this.#messages = messages;
    const stop = effect(() => this.#look(cameraId.value));
    this.dispose = () => {
      stop();
      this.#lists.cancel();
      this.#holdings.cancel();
    };
  }

  load(): void {
    void this.#lists.run((signal) => this.#api.collections({ signal }), {
      value: (list) =>
        batch(() => {
          this.list.value = list;
          this.problem.value = null;
        }),
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  nameOf(id: string): string {
    return this.list.value?.find((collection) => collection.id === id)?.name ?? "…";
  }

  /** Puts the selected camera into a collection, or takes it out. */
  async toggle(collectionId: string): Promise<void> {
    const cameraId = this.#cameraId.peek();
    const holding = this.holding.peek();
    if (cameraId === null || holding === null) return;
    await this.#change(collectionId, cameraId, !holding.has(collectionId));
  }

  async #change(collectionId: string, cameraId: string, add: boolean): Promise<void> {
    this.#hold(cameraId, collectionId, add);
    const change = add ? { add: [cameraId] } : { remove: [cameraId] };
    try {
      const { collection } = await this.#api.changeCollectionCameras(collectionId, change);
      this.#put(collection);
      this.revision.value += 1;
    } catch (error) {
      this.#hold(cameraId, collectionId, !add);
      this.#messages.fail(add ? "The camera was not added." : "The camera was not removed.", error);
    }
  }

  /** Makes a collection, with the selected camera in it where `withCamera`; if not, `problem` says why. */
  async create(name: string, withCamera = false): Promise<boolean> {
    const cameraId = withCamera ? this.#cameraId.peek() : null;
    return this.#act(async () => {
      const collection = await this.#api.createCollection({ name });
      this.#put(collection);
      if (cameraId !== null) await this.#change(collection.id, cameraId, true);
    });
  }

  async rename({ id, description }: Collection, name: string): Promise<boolean> {
    return this.#act(async () => this.#put(await this.#api.renameCollection(id, { name, description })));
  }

  /** Its cameras stay in the registry. */
  async remove({ id, name }: Collection): Promise<boolean> {
    return this.#act(async () => {
      await this.#api.removeCollection(id);
      this.list.value = (this.list.peek() ?? []).filter((collection) => collection.id !== id);
      this.revision.value += 1;
      this.#messages.tell(`The collection “${name}” is deleted; its cameras stay.`);
    });
  }

  async #act(call: () => Promise<void>): Promise<boolean> {
    this.problem.value = null;
    try {
      await call();
      return true;
    } catch (error) {
      this.problem.value = problemOf(error);
      return false;
    }
  }

  #look(cameraId: string | null): void {
    this.holding.value = null;
    if (cameraId === null) return this.#holdings.cancel();
    void this.#holdings.run((signal) => this.#api.collections({ cameraId, signal }), {
      value: (list) => (this.holding.value = new Set(list.map(({ id }) => id))),
      // The menu tells when it is opened; a camera may be looked at without it.
      error: () => undefined,
    });
  }

  /** Tries again what the menu needs. */
  ready(): void {
    this.load();
    if (this.holding.peek() === null && this.#cameraId.peek() !== null) this.#look(this.#cameraId.peek());
  }

  #hold(cameraId: string, collectionId: string, inside: boolean): void {
    if (this.#cameraId.peek() !== cameraId) return;
    const holding = new Set(this.holding.peek());
    if (inside) holding.add(collectionId);
    else holding.delete(collectionId);
    this.holding.value = holding;
  }

  #put(collection: Collection): void {
    // An answer to an earlier question would take it away again.
    if (this.#lists.busy) this.load();
    const others = (this.list.peek() ?? []).filter(({ id }) => id !== collection.id);
    this.list.value = [...others, collection].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  }
}
