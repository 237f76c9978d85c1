import type { Wall, WallInput } from "@argus/core";
import { batch, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import type { Messages } from "./messages.ts";
import { type Problem, problemOf } from "./problem.ts";

/** As core's wall allows. */
export const MAX_CELLS = 144;
export const MAX_COLUMNS = 12;
const MAX_FIRST_COLUMNS = 3;
const CONFLICT = "ARGUS_PERSONAL_CONFLICT";

type Calls = Pick<Api, "walls" | "wall" | "createWall" | "saveWall" | "removeWall">;

/** The cells with one more camera, in the first free place; null where there is none, or the camera is there already. */
export function withCamera(cells: WallInput["cells"], cameraId: string): WallInput["cells"] | null {
  if (cells.includes(cameraId)) return null;
  const free = cells.indexOf(null);
  if (free >= 0) return cells.with(free, cameraId);
  return cells.length < MAX_CELLS ? [...cells, cameraId] : null;
}

/** The saved walls, and which of them is open. */
export class Walls {
  /** By name; null before they are known. */
  readonly list: Signal<readonly Wall[] | null> = signal(null);
  /** The id of the wall that is looked at. */
  readonly open: Signal<string | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);

  readonly #api: Calls;
  readonly #messages: Messages;
  readonly #calls = new Latest();

  constructor(api: Calls, messages: Messages) {
    this.#api = api;
    this.#messages = messages;
  }

  load(): void {
    void this.#calls.run((signal) => this.#api.walls({ signal }), {
      value: (list) =>
        batch(() => {
          this.list.value = list;
          this.problem.value = null;
        }),
      error: (error) => (this.problem.value = problemOf(error)),
    });
  }

  /** A new wall with these cameras; null when it could not be made, and `problem` says why. */
  async create(name: string, cameraIds: readonly string[] = []): Promise<Wall | null> {
    const columns = Math.max(1, Math.min(MAX_FIRST_COLUMNS, Math.max(2, cameraIds.length)));
    return this.#act(async () => {
      const wall = await this.#api.createWall({ name, columns, cells: [...cameraIds] });
      this.#put(wall);
      return wall;
    });
  }

  /** Puts a camera into a wall's first free place. Somebody else's change meanwhile is kept. */
  async add(wall: Wall, cameraId: string): Promise<boolean> {
    const done = await this.#act(async () => {
      try {
        return await this.#saveWith(wall, cameraId);
      } catch (error) {
        if (problemOf(error).code !== CONFLICT) throw error;
        return this.#saveWith(await this.#api.wall(wall.id), cameraId);
      }
    });
    return done !== null;
  }

  async #saveWith({ id, name, columns, cells, updated_at }: Wall, cameraId: string): Promise<Wall> {
    const more = withCamera(cells, cameraId);
    const wall =
      more === null
        ? await this.#api.wall(id)
        : await this.#api.saveWall(id, { name, columns, cells: more }, { unchangedSince: updated_at });
    this.#put(wall);
    return wall;
  }

  /** @throws the API's errors, ARGUS_PERSONAL_CONFLICT among them: whoever edits a wall has to settle that. */
  async save(id: string, input: WallInput, unchangedSince?: string): Promise<Wall> {
    const wall = await this.#api.saveWall(id, input, unchangedSince === undefined ? {} : { unchangedSince });
    this.#put(wall);
    return wall;
  }

  /** Takes a wall away, and offers to bring it back. */
  async remove(wall: Wall): Promise<boolean> {
    const done = await this.#act(async () => {
      await this.#api.removeWall(wall.id);
      this.list.value = (this.list.peek() ?? []).filter(({ id }) => id !== wall.id);
      return true;
    });
    if (done === null) return false;
    const { name, columns, cells } = wall;
    const act = (): void =>
      void this.#api.createWall({ name, columns, cells }).then(
        (again) => this.#put(again),
        (error: unknown) => this.#messages.fail("The wall was not brought back.", error),
      );
    this.#messages.tell(`The wall “${name}” is deleted.`, { label: "Undo", act });
    return true;
  }

  dispose(): void {
    this.#calls.cancel();
  }

  async #act<Value>(call: () => Promise<Value>): Promise<Value | null> {
    this.problem.value = null;
    try {
      return await call();
    } catch (error) {
      this.problem.value = problemOf(error);
      return null;
    }
  }

  #put(wall: Wall): void {
    if (this.#calls.busy) this.load();
    const others = (this.list.peek() ?? []).filter(({ id }) => id !== wall.id);
    this.list.value = [...others, wall].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  }
}
