import type {
  CameraIdPage,
  Collection,
  CollectionCamerasAnswer,
  CollectionCamerasChange,
  CollectionInput,
  Favourite,
  FavouritePage,
  ImportCounts,
  ImportOptions,
  ImportPreview,
  Note,
  NotePage,
  PersonalMerge,
  Wall,
  WallInput,
} from "@argus/core";

/** A part of a list in the order of camera ids. */
export type Part = { after?: string | undefined; limit?: number | undefined };
/** Refuses a write when the thing was changed since: its `updated_at` then, or null when it did not exist. */
export type Unchanged = { unchangedSince?: string | null | undefined };

/** What somebody keeps besides the registry; `Personal` of `@argus/store` fits. */
export type ApiPersonal = {
  readonly favourites: {
    list(part: Part): Promise<FavouritePage>;
    get(cameraId: string): Promise<Favourite | null>;
    add(cameraId: string): Promise<Favourite>;
    remove(cameraId: string): Promise<boolean>;
  };
  readonly notes: {
    list(part: Part): Promise<NotePage>;
    get(cameraId: string): Promise<Note | null>;
    put(cameraId: string, text: string, unchanged: Unchanged): Promise<Note>;
    remove(cameraId: string, unchanged: Unchanged): Promise<boolean>;
  };
  readonly collections: {
    list(): Promise<Collection[]>;
    of(cameraId: string): Promise<Collection[]>;
    get(id: string): Promise<Collection | null>;
    create(input: CollectionInput): Promise<Collection>;
    rename(id: string, input: CollectionInput): Promise<Collection>;
    remove(id: string): Promise<void>;
    change(id: string, change: CollectionCamerasChange): Promise<CollectionCamerasAnswer>;
    cameraIds(id: string, part: Part): Promise<CameraIdPage>;
  };
  readonly walls: {
    list(): Promise<Wall[]>;
    get(id: string): Promise<Wall | null>;
    create(input: WallInput): Promise<Wall>;
    put(id: string, input: WallInput, unchanged: Unchanged): Promise<Wall>;
    remove(id: string, unchanged: Unchanged): Promise<void>;
  };
  export(): AsyncIterable<string>;
  merge(document: Uint8Array, options: { signal: AbortSignal }): Promise<PersonalMerge>;
};

/** Bringing one's own cameras along; `CameraImports` of `@argus/store` fits. */
export type ApiImports = {
  preview(file: Uint8Array, options: ImportOptions, context: { signal: AbortSignal }): Promise<ImportPreview>;
  store(
    file: Uint8Array,
    options: ImportOptions,
    agreed: { digest: string; skipBad: boolean; signal: AbortSignal },
  ): Promise<ImportCounts>;
};
