import { type Clock, type Collection, isoNow, PERSONAL_DATA_VERSION, type PersonalData } from "@argus/core";

import type { Collections } from "./collections.ts";
import type { Favourites } from "./favourites.ts";
import type { Notes } from "./notes.ts";
import type { Walls } from "./walls.ts";

export type PersonalParts = {
  readonly favourites: Favourites;
  readonly notes: Notes;
  readonly collections: Collections;
  readonly walls: Walls;
};

/** A `PersonalData` document as text, in portions: it is never whole in memory. */
export async function* exportPersonal(parts: PersonalParts, clock: Clock): AsyncGenerator<string, void> {
  const head: Pick<PersonalData, "format" | "version" | "exported_at"> = {
    format: "argus-personal",
    version: PERSONAL_DATA_VERSION,
    exported_at: isoNow(clock),
  };
  yield JSON.stringify(head).slice(0, -1);
  yield* list("favourites", favouritesOf(parts));
  yield* list("notes", notesOf(parts));
  yield* list("collections", collectionsOf(parts));
  yield* list("walls", wallsOf(parts));
  yield "}\n";
}

/** A member that is a list of entries, each of them whole JSON or its pieces. */
async function* list(name: keyof PersonalData, pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  yield `,\n"${name}":[`;
  yield* pieces;
  yield "]";
}

async function* favouritesOf({ favourites }: PersonalParts): AsyncGenerator<string, void> {
  yield* entries(async (after) => {
    const { favourites: part, next } = await favourites.list({ after });
    return { part, next };
  });
}

async function* notesOf({ notes }: PersonalParts): AsyncGenerator<string, void> {
  yield* entries(async (after) => {
    const { notes: part, next } = await notes.list({ after, limit: 100 });
    return { part, next };
  });
}

async function* wallsOf({ walls }: PersonalParts): AsyncGenerator<string, void> {
  yield (await walls.list()).map((wall) => `\n${JSON.stringify(wall)}`).join(",");
}

async function* collectionsOf({ collections }: PersonalParts): AsyncGenerator<string, void> {
  let separator = "\n";
  for (const { camera_count: _counted, ...collection } of await collections.list()) {
    yield `${separator}${JSON.stringify(collection).slice(0, -1)},"camera_ids":[`;
    yield* cameraIdsOf(collections, collection.id);
    yield "]}";
    separator = ",\n";
  }
}

async function* cameraIdsOf(collections: Collections, id: Collection["id"]): AsyncGenerator<string, void> {
  yield* entries(async (after) => {
    // One that was removed meanwhile holds nothing.
    if ((await collections.get(id)) === null) return { part: [], next: null };
    const { camera_ids: part, next } = await collections.cameraIds(id, { after });
    return { part, next };
  });
}

type Part = { part: readonly unknown[]; next: string | null };

/** The entries of a list that is read part by part. */
async function* entries(read: (after: string | undefined) => Promise<Part>): AsyncGenerator<string, void> {
  let after: string | undefined;
  let separator = "\n";
  for (;;) {
    const { part, next } = await read(after);
    if (part.length > 0) yield separator + part.map((entry) => JSON.stringify(entry)).join(",\n");
    if (next === null) return;
    after = next;
    separator = ",\n";
  }
}
