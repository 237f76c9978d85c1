import type { Camera, Wall } from "@argus/core";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "../models/latest.ts";
import { type Problem, problemOf } from "../models/problem.ts";
import { MAX_COLUMNS, type Walls } from "../models/walls.ts";
import { type Cells, swapped, trimmed } from "./wall-grid.ts";

/** Cameras that are fetched at a time. */
const FETCHES = 3;
const MAX_UNDO = 100;

/** What is arranged: everything of a wall but its name. */
type Arrangement = { columns: number; cells: Cells };

/** One wall that is looked at: its cameras, and what is being arranged on it but not saved yet. */
export class WallBoard {
  readonly id: string;
  /** As it is stored; null while it is loaded. */
  readonly wall: Signal<Wall | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);
  readonly arranging: Signal<boolean> = signal(false);
  readonly saving: Signal<boolean> = signal(false);
  /** What somebody else has made of the wall meanwhile; only while that stands in the way of saving. */
  readonly theirs: Signal<Wall | null> = signal(null);
  readonly arrangement: Signal<Arrangement> = signal({ columns: 1, cells: [] });
  /** What is known of each camera: its record, or why there is none. */
  readonly cameras: Signal<ReadonlyMap<string, Camera | Problem>> = signal(new Map());
  readonly edited: ReadonlySignal<boolean>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly dispose: () => void;

  readonly #api: Pick<Api, "camera" | "wall">;
  readonly #walls: Walls;
  readonly #calls = new Latest();
  readonly #life = new AbortController();
  readonly #before: Signal<readonly Arrangement[]> = signal([]);
  readonly #asked = new Set<string>();
  #fetching = 0;

  constructor(api: Pick<Api, "camera" | "wall">, walls: Walls, id: string) {
    this.id = id;
    this.#api = api;
    this.#walls = walls;
    this.edited = computed(() => {
      const { wall, arrangement } = this;
      if (wall.value === null) return false;
      const { columns, cells } = arrangement.value;
      return columns !== wall.value.columns || JSON.stringify(cells) !== JSON.stringify(trimmed(wall.value.cells));
    });
    this.canUndo = computed(() => this.#before.value.length > 0);
    const stop = effect(() => {
      void this.arrangement.value;
      this.#fetchCameras();
    });
    this.dispose = () => {
      stop();
      this.#calls.cancel();
      this.#life.abort();
    };
    this.load();
  }

  load(): void {
    this.problem.value = null;
    void this.#calls.run((signal) => this.#api.wall(this.id, { signal }), {
      value: (wall) => this.#take(wall),
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  /** Changes the places of two cells. */
  swap(from: number, to: number): void {
    const { columns, cells } = this.arrangement.peek();
    this.#arrange({ columns, cells: swapped(cells, from, to) });
  }

  /** Takes a camera off the wall. */
  clear(at: number): void {
    const { columns, cells } = this.arrangement.peek();
    if (at < cells.length) this.#arrange({ columns, cells: trimmed(cells.with(at, null)) });
  }

  widen(by: number): void {
    const { columns, cells } = this.arrangement.peek();
    this.#arrange({ columns: Math.min(MAX_COLUMNS, Math.max(1, columns + by)), cells });
  }

  undo(): void {
    const before = this.#before.peek();
    const last = before.at(-1);
    if (last === undefined) return;
    batch(() => {
      this.arrangement.value = last;
      this.#before.value = before.slice(0, -1);
    });
  }

  /** Back to what is stored. */
  discard(): void {
    const wall = this.wall.peek();
    if (wall !== null) this.#take(wall);
  }

  /** Whether it is stored; if not, `problem` or `theirs` says why. `over`: also over what somebody else has made of it. */
  async save({ name, over = false }: { name?: string; over?: boolean } = {}): Promise<boolean> {
    const wall = this.wall.peek();
    if (wall === null || this.saving.peek()) return false;
    this.saving.value = true;
    this.problem.value = null;
    try {
      const input = { name: name ?? wall.name, ...this.arrangement.peek() };
      this.#take(await this.#walls.save(this.id, input, over ? undefined : wall.updated_at));
      return true;
    } catch (error) {
      await this.#refused(error);
      return false;
    } finally {
      this.saving.value = false;
    }
  }

  /** Leaves what somebody else has made of it. */
  yield(): void {
    const theirs = this.theirs.peek();
    if (theirs !== null) this.#take(theirs);
  }

  async #refused(error: unknown): Promise<void> {
    const problem = problemOf(error);
    if (problem.code !== "ARGUS_PERSONAL_CONFLICT") return void (this.problem.value = problem);
    try {
      this.theirs.value = await this.#api.wall(this.id, { signal: this.#life.signal });
    } catch (reason) {
      if (!this.#life.signal.aborted) this.problem.value = problemOf(reason);
    }
  }

  #take(wall: Wall): void {
    batch(() => {
      this.wall.value = wall;
      this.theirs.value = null;
      this.problem.value = null;
      this.#before.value = [];
      this.arrangement.value = { columns: wall.columns, cells: trimmed(wall.cells) };
    });
  }

  #arrange(next: Arrangement): void {
    batch(() => {
      this.#before.value = [...this.#before.peek(), this.arrangement.peek()].slice(-MAX_UNDO);
      this.arrangement.value = next;
    });
  }

  #fetchCameras(): void {
    const known = this.cameras.peek();
    const missing = this.arrangement.peek().cells.filter((id) => id !== null && !known.has(id) && !this.#asked.has(id));
    for (const id of missing.slice(0, FETCHES - this.#fetching)) if (id !== null) void this.#fetchCamera(id);
  }

  async #fetchCamera(id: string): Promise<void> {
    this.#fetching += 1;
    this.#asked.add(id);
    const { signal } = this.#life;
    const found = await this.#api.camera(id, { signal }).catch((error: unknown) => problemOf(error));
    this.#fetching -= 1;
    if (signal.aborted) return;
    this.cameras.value = new Map(this.cameras.peek()).set(id, found);
    this.#fetchCameras();
  }
}

export function isCamera(known: Camera | Problem | undefined): known is Camera {
  return known !== undefined && "id" in known;
}
