import type {
  CameraIdPage,
  Collection,
  CollectionCamerasAnswer,
  CollectionCamerasChange,
  CollectionInput,
  Favourite,
  FavouritePage,
  Note,
  NotePage,
  PersonalMerge,
  Wall,
  WallInput,
} from "@argus/core";

import { callJson, callNothing, type CallOptions, type Http } from "./http.ts";

const PERSONAL_TIMEOUT_MS = 600_000;

/** A part of a list in the order of camera ids: what follows `after`, at most `limit` (1000). */
export type PartOptions = CallOptions & { after?: string; limit?: number };

/**
 * Refuses the write when somebody else changed the thing meanwhile: the `updated_at` it was read with, or null when it
 * did not exist yet. Left out: the last writer wins.
 */
export type UnchangedOptions = CallOptions & { unchangedSince?: string | null };

/** What somebody keeps besides the registry. Calls that name a camera fail with ARGUS_CAMERA_UNKNOWN. */
export type PersonalCalls = {
  favourites(options?: PartOptions): Promise<FavouritePage>;
  /** Null when the camera is no favourite. */
  favourite(cameraId: string, options?: CallOptions): Promise<Favourite | null>;
  /** One that is a favourite already stays as it is. */
  addFavourite(cameraId: string, options?: CallOptions): Promise<Favourite>;
  removeFavourite(cameraId: string, options?: CallOptions): Promise<void>;
  notes(options?: PartOptions): Promise<NotePage>;
  /** Null when there is none. */
  note(cameraId: string, options?: CallOptions): Promise<Note | null>;
  /** @throws ARGUS_PERSONAL_CONFLICT when it was changed since `unchangedSince` */
  saveNote(cameraId: string, text: string, options?: UnchangedOptions): Promise<Note>;
  /** @throws ARGUS_PERSONAL_CONFLICT when it was changed since `unchangedSince` */
  removeNote(cameraId: string, options?: UnchangedOptions): Promise<void>;
  /** All, by name; given a camera, those that it is in. */
  collections(options?: CallOptions & { cameraId?: string }): Promise<Collection[]>;
  /** @throws ARGUS_COLLECTION_UNKNOWN */
  collection(id: string, options?: CallOptions): Promise<Collection>;
  /** @throws ARGUS_COLLECTION_NAME_TAKEN */
  createCollection(input: CollectionInput, options?: CallOptions): Promise<Collection>;
  /** Its name and description. @throws ARGUS_COLLECTION_UNKNOWN, ARGUS_COLLECTION_NAME_TAKEN */
  renameCollection(id: string, input: CollectionInput, options?: CallOptions): Promise<Collection>;
  /** @throws ARGUS_COLLECTION_UNKNOWN */
  removeCollection(id: string, options?: CallOptions): Promise<void>;
  /** The cameras' ids; the cameras themselves are `cameras({ collection: [id] })`. */
  collectionCameras(id: string, options?: PartOptions): Promise<CameraIdPage>;
  /** At most 1000 to add and 1000 to remove. @throws ARGUS_COLLECTION_UNKNOWN */
  changeCollectionCameras(
    id: string,
    change: CollectionCamerasChange,
    options?: CallOptions,
  ): Promise<CollectionCamerasAnswer>;
  /** All, by name. */
  walls(options?: CallOptions): Promise<Wall[]>;
  /** @throws ARGUS_WALL_UNKNOWN */
  wall(id: string, options?: CallOptions): Promise<Wall>;
  createWall(input: WallInput, options?: CallOptions): Promise<Wall>;
  /** @throws ARGUS_WALL_UNKNOWN; ARGUS_PERSONAL_CONFLICT when it was changed since `unchangedSince` */
  saveWall(id: string, input: WallInput, options?: UnchangedOptions): Promise<Wall>;
  /** @throws ARGUS_WALL_UNKNOWN; ARGUS_PERSONAL_CONFLICT when it was changed since `unchangedSince` */
  removeWall(id: string, options?: UnchangedOptions): Promise<void>;
  /** For a link: all of it as one JSON document, which `mergePersonal` takes. */
  personalUrl(): string;
  /** Merges such a document; nothing is lost: two notes on a camera are joined, and of two states of a wall both stay. @throws ARGUS_PERSONAL_INVALID */
  mergePersonal(document: Blob | string, options?: CallOptions): Promise<PersonalMerge>;
};

export function personalCalls(http: Http): PersonalCalls {
  return {
    ...favouriteCalls(http),
    ...noteCalls(http),
    ...collectionCalls(http),
    ...collectionCameraCalls(http),
    ...wallCalls(http),
    personalUrl: () => `${http.baseUrl}/api/personal.json`,
    mergePersonal: (document, options) =>
      callJson({ ...http, timeoutMs: Math.max(http.timeoutMs, PERSONAL_TIMEOUT_MS) }, "/api/personal", {
        ...options,
        method: "POST",
        file: { body: document, type: "application/json" },
      }),
  };
}

type FavouriteCalls = "favourites" | "favourite" | "addFavourite" | "removeFavourite";

function favouriteCalls(http: Http): Pick<PersonalCalls, FavouriteCalls> {
  const path = (cameraId: string): string => `/api/favourites/${encodeURIComponent(cameraId)}`;
  return {
    favourites: ({ after, limit, signal } = {}) =>
      callJson(http, `/api/favourites${search({ after, limit })}`, { signal }),
    favourite: async (cameraId, options) =>
      (await callJson<{ favourite: Favourite | null }>(http, path(cameraId), options)).favourite,
    addFavourite: (cameraId, options) => callJson(http, path(cameraId), { ...options, method: "PUT" }),
    removeFavourite: (cameraId, options) => callNothing(http, path(cameraId), { ...options, method: "DELETE" }),
  };
}

function noteCalls(http: Http): Pick<PersonalCalls, "notes" | "note" | "saveNote" | "removeNote"> {
  const path = (cameraId: string): string => `/api/notes/${encodeURIComponent(cameraId)}`;
  return {
    notes: ({ after, limit, signal } = {}) => callJson(http, `/api/notes${search({ after, limit })}`, { signal }),
    note: async (cameraId, options) => (await callJson<{ note: Note | null }>(http, path(cameraId), options)).note,
    saveNote: (cameraId, text, options) =>
      callJson(http, path(cameraId), { ...unchanged(options), method: "PUT", body: { text } }),
    removeNote: (cameraId, options) => callNothing(http, path(cameraId), { ...unchanged(options), method: "DELETE" }),
  };
}

type CollectionCalls = "collections" | "collection" | "createCollection" | "renameCollection" | "removeCollection";

function collectionCalls(http: Http): Pick<PersonalCalls, CollectionCalls> {
  return {
    collections: async ({ cameraId, signal } = {}) =>
      (
        await callJson<{ collections: Collection[] }>(http, `/api/collections${search({ camera: cameraId })}`, {
          signal,
        })
      ).collections,
    collection: (id, options) => callJson(http, collectionPath(id), options),
    createCollection: (input, options) =>
      callJson(http, "/api/collections", { ...options, method: "POST", body: input }),
    renameCollection: (id, input, options) =>
      callJson(http, collectionPath(id), { ...options, method: "PUT", body: input }),
    removeCollection: (id, options) => callNothing(http, collectionPath(id), { ...options, method: "DELETE" }),
  };
}

function collectionCameraCalls(http: Http): Pick<PersonalCalls, "collectionCameras" | "changeCollectionCameras"> {
  return {
    collectionCameras: (id, { after, limit, signal } = {}) =>
      callJson(http, `${collectionPath(id)}/cameras${search({ after, limit })}`, { signal }),
    changeCollectionCameras: (id, change, options) =>
      callJson(http, `${collectionPath(id)}/cameras`, { ...options, method: "POST", body: change }),
  };
}

function wallCalls(http: Http): Pick<PersonalCalls, "walls" | "wall" | "createWall" | "saveWall" | "removeWall"> {
  const path = (id: string): string => `/api/walls/${encodeURIComponent(id)}`;
  return {
    walls: async (options) => (await callJson<{ walls: Wall[] }>(http, "/api/walls", options)).walls,
    wall: (id, options) => callJson(http, path(id), options),
    createWall: (input, options) => callJson(http, "/api/walls", { ...options, method: "POST", body: input }),
    saveWall: (id, input, options) => callJson(http, path(id), { ...unchanged(options), method: "PUT", body: input }),
    removeWall: (id, options) => callNothing(http, path(id), { ...unchanged(options), method: "DELETE" }),
  };
}

function collectionPath(id: string): string {
  return `/api/collections/${encodeURIComponent(id)}`;
}

/** The precondition as a header; an entity tag here is `updated_at` in quotes. */
function unchanged({ unchangedSince, signal }: UnchangedOptions = {}): CallOptions & {
  headers: Record<string, string>;
} {
  if (unchangedSince === undefined) return { headers: {}, signal };
  return {
    headers: unchangedSince === null ? { "if-none-match": "*" } : { "if-match": `"${unchangedSince}"` },
    signal,
  };
}

function search(params: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(params).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
