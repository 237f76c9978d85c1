import type { Clock } from "@argus/core";

import { mergePersonal } from "./merge-personal.ts";
import { Personal } from "./personal.ts";
import type { PersonalEngine } from "./personal-engine.ts";
import { readPersonal } from "./read-personal.ts";

/** Merges what one database keeps of personal things into another. May be repeated when it fails in the middle. */
export async function absorbPersonal(from: PersonalEngine, to: PersonalEngine, clock: Clock): Promise<void> {
  let document = "";
  for await (const piece of new Personal(from, clock).export()) document += piece;
  const lists = await readPersonal(document);
  if (Object.values(lists).every((list) => list.length === 0)) return;
  await to.write("storing favourites, notes, collections and walls", ({ db }) => mergePersonal({ db, clock }, lists));
}
