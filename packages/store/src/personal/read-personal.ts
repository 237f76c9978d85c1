import { isUtf8 } from "node:buffer";

import {
  CameraId,
  CollectionData,
  describeIssues,
  Favourite,
  Note,
  PERSONAL_DATA_VERSION,
  type PersonalData,
  Wall,
} from "@argus/core";
import { z } from "zod";

import { storableText } from "../camera-record.ts";
import { type JsonPart, JsonParts } from "../import/json-parts.ts";
import { decodedChunks } from "../import/text-of-file.ts";
import { TimeSlice } from "../time-slice.ts";
import { MAX_COLLECTION_CAMERAS, MAX_PERSONAL_BYTES } from "./limits.ts";
import { personalInvalid } from "./personal-errors.ts";

const PATHS = ["$.format", "$.version", "$.favourites.*", "$.notes.*", "$.collections.*", "$.walls.*"];
/** A collection but for its cameras, of which there are so many that they are looked at one by one. */
const CollectionHead = CollectionData.extend({
  camera_ids: z.custom<unknown[]>(
    (ids) => Array.isArray(ids) && ids.length <= MAX_COLLECTION_CAMERAS,
    `must be a list of at most ${MAX_COLLECTION_CAMERAS} camera ids`,
  ),
});
const ENTRIES = { favourites: Favourite, notes: Note, collections: CollectionHead, walls: Wall } as const;

/** The lists of a `PersonalData` document. */
export type PersonalLists = Pick<PersonalData, "favourites" | "notes" | "collections" | "walls">;

/**
 * Reads a `PersonalData` document without holding up the program.
 * @throws ArgusError ARGUS_PERSONAL_INVALID naming the entry and the field
 */
export async function readPersonal(file: Uint8Array | string, signal?: AbortSignal): Promise<PersonalLists> {
  const bytes = typeof file === "string" ? Buffer.from(file, "utf8") : file;
  if (bytes.length > MAX_PERSONAL_BYTES)
    throw personalInvalid(`it has ${bytes.length} bytes, and at most ${MAX_PERSONAL_BYTES} are taken`);
  if (!isUtf8(bytes)) throw personalInvalid("it is not UTF-8");
  const lists: PersonalLists = { favourites: [], notes: [], collections: [], walls: [] };
  const head = new Map<unknown, unknown>();
  const slice = new TimeSlice();
  for await (const part of partsOf(bytes, slice, signal)) {
    if (part.list === null) head.set(part.key, part.value);
    else await take(lists, part, slice);
  }
  checkHead(head);
  return lists;
}

async function* partsOf(
  bytes: Uint8Array,
  slice: TimeSlice,
  signal: AbortSignal | undefined,
): AsyncGenerator<JsonPart, void> {
  const parts = new JsonParts(PATHS, personalInvalid);
  for (const chunk of decodedChunks(bytes, "utf-8")) {
    if (slice.isOver) await slice.pause();
    signal?.throwIfAborted();
    yield* parts.read(chunk);
  }
  yield* parts.end();
}

function checkHead(head: ReadonlyMap<unknown, unknown>): void {
  if (head.get("format") !== "argus-personal")
    throw personalInvalid('it is none: its "format" must be "argus-personal", as GET /api/personal.json writes it');
  const version = head.get("version");
  if (version !== PERSONAL_DATA_VERSION)
    throw personalInvalid(`it has version ${JSON.stringify(version)}, and this program knows ${PERSONAL_DATA_VERSION}`);
}

async function take(lists: PersonalLists, { list, key, value }: JsonPart, slice: TimeSlice): Promise<void> {
  const name = list as keyof PersonalLists;
  const parsed = ENTRIES[name].safeParse(value);
  if (!parsed.success) throw personalInvalid(`${name}.${String(key)}: ${describeIssues(parsed.error)}`);
  if (name === "collections")
    await checkIds(`${name}.${String(key)}`, (parsed.data as { camera_ids: unknown[] }).camera_ids, slice);
  // The entry has the type of the list that the path it came by belongs to.
  (lists[name] as unknown[]).push(storable(parsed.data));
  if (slice.isOver) await slice.pause();
}

/** The entry with texts that every database can hold; ids and times hold nothing else. */
function storable(entry: object): object {
  const copy: Record<string, unknown> = { ...entry };
  for (const [key, value] of Object.entries(copy)) if (typeof value === "string") copy[key] = storableText(value);
  return copy;
}

async function checkIds(where: string, ids: readonly unknown[], slice: TimeSlice): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const parsed = CameraId.safeParse(id);
    if (!parsed.success) throw personalInvalid(`${where}.camera_ids.${at}: ${describeIssues(parsed.error)}`);
    if (slice.isOver) await slice.pause();
  }
}
