import {
  ArgusError,
  type CameraIdPage,
  type Collection,
  type CollectionCamerasAnswer,
  type CollectionCamerasChange,
  type CollectionInput,
  type Favourite,
  type FavouritePage,
  type ImportCounts,
  type ImportOptions,
  type ImportPreview,
  type Note,
  type NotePage,
  type PersonalMerge,
  type Wall,
  type WallInput,
} from "@argus/core";

import type { ApiImports, ApiPersonal, Part, Unchanged } from "../personal-ports.ts";

export const AT = "2026-11-21T08:00:00.000Z";
export const COLLECTION: Collection = {
  id: "6f8a3d1e-8a3c-4c57-9d52-0d1f6d6c7a01",
  name: "Bridges",
  description: null,
  camera_count: 1,
  created_at: AT,
  updated_at: AT,
};
export const WALL: Wall = {
  id: "6f8a3d1e-8a3c-4c57-9d52-0d1f6d6c7a02",
  name: "Morning",
  columns: 2,
  cells: ["demo:1", null],
  created_at: AT,
  updated_at: AT,
};
export const NOTE: Note = { camera_id: "demo:1", text: "By the lock", updated_at: AT };
export const FAVOURITE: Favourite = { camera_id: "demo:1", added_at: AT };
const MERGED = { added: 1, updated: 0, kept: 0 };
export const MERGE: PersonalMerge = { favourites: MERGED, notes: MERGED, collections: MERGED, walls: MERGED };

/** One of each, and what was asked; nothing is changed, for that is the real store's business. */
export class FakePersonal implements ApiPersonal {
  readonly asked: unknown[][] = [];
  /** What every call fails with. */
  error: ArgusError | null = null;

  readonly favourites: ApiPersonal["favourites"] = {
    list: (part: Part) => this.#answer<FavouritePage>({ favourites: [FAVOURITE], total: 1, next: null }, "list", part),
    get: (id: string) => this.#answer(id === FAVOURITE.camera_id ? FAVOURITE : null, "get", id),
    add: (id: string) => this.#answer(FAVOURITE, "add", id),
    remove: (id: string) => this.#answer(true, "remove", id),
  };
  readonly notes: ApiPersonal["notes"] = {
    list: (part: Part) => this.#answer<NotePage>({ notes: [NOTE], total: 1, next: null }, "list", part),
    get: (id: string) => this.#answer(id === NOTE.camera_id ? NOTE : null, "get", id),
    put: (id: string, text: string, unchanged: Unchanged) => this.#answer(NOTE, "put", id, text, unchanged),
    remove: (id: string, unchanged: Unchanged) => this.#answer(true, "remove", id, unchanged),
  };
  readonly collections: ApiPersonal["collections"] = {
    list: () => this.#answer([COLLECTION], "list"),
    of: (id: string) => this.#answer([COLLECTION], "of", id),
    get: (id: string) => this.#answer(id === COLLECTION.id ? COLLECTION : null, "get", id),
    create: (input: CollectionInput) => this.#answer(COLLECTION, "create", input),
    rename: (id: string, input: CollectionInput) => this.#answer(COLLECTION, "rename", id, input),
    remove: (id: string) => this.#answer(undefined, "remove", id),
    change: (id: string, change: CollectionCamerasChange) =>
      this.#answer<CollectionCamerasAnswer>({ collection: COLLECTION, added: 1, removed: 0 }, "change", id, change),
    cameraIds: (id: string, part: Part) =>
      this.#answer<CameraIdPage>({ camera_ids: ["demo:1"], total: 1, next: null }, "cameraIds", id, part),
  };
  readonly walls: ApiPersonal["walls"] = {
    list: () => this.#answer([WALL], "list"),
    get: (id: string) => this.#answer(id === WALL.id ? WALL : null, "get", id),
    create: (input: WallInput) => this.#answer(WALL, "create", input),
    put: (id: string, input: WallInput, unchanged: Unchanged) => this.#answer(WALL, "put", id, input, unchanged),
    remove: (id: string, unchanged: Unchanged) => this.#answer(undefined, "remove", id, unchanged),
  };

  async *export(): AsyncGenerator<string, void> {
    yield '{"format":';
    yield await this.#answer('"argus-personal"}', "export");
  }

  async merge(document: Uint8Array): Promise<PersonalMerge> {
    return this.#answer(MERGE, "merge", Buffer.from(document).toString());
  }

  async #answer<Answer>(answer: Answer, ...asked: unknown[]): Promise<Answer> {
    this.asked.push(asked);
    if (this.error !== null) throw this.error;
    return answer;
  }
}

export const DIGEST: string = "0".repeat(64);
export const PREVIEW: ImportPreview = {
  format: "csv",
  encoding: "utf-8",
  source_id: "own",
  rows: 1,
  ready: 1,
  bad_rows: 0,
  bad: [],
  new: 1,
  changed: 0,
  unchanged: 0,
  sample: [],
  mapping: { name: "name" },
  ignored_columns: [],
  digest: DIGEST,
};

/** Takes any file, and remembers what it was. */
export class FakeImports implements ApiImports {
  readonly asked: { file: string; options: ImportOptions; digest?: string; skipBad?: boolean }[] = [];
  /** What a call waits for. */
  hold: Promise<void> = Promise.resolve();

  async preview(file: Uint8Array, options: ImportOptions): Promise<ImportPreview> {
    this.asked.push({ file: Buffer.from(file).toString(), options });
    await this.hold;
    return PREVIEW;
  }

  async store(
    file: Uint8Array,
    options: ImportOptions,
    { digest, skipBad }: { digest: string; skipBad: boolean },
  ): Promise<ImportCounts> {
    if (digest !== DIGEST) throw new ArgusError("ARGUS_IMPORT_DIGEST", "preview it");
    this.asked.push({ file: Buffer.from(file).toString(), options, digest, skipBad });
    return { new: 1, changed: 0, unchanged: 0, skipped: 0 };
  }
}
