import type { CameraChanges } from "@argus/core";

import { cursorInvalid } from "../errors.ts";
import type { Registry } from "./registry.ts";

const MAX_CHANGES = 1000;
/** `<sequence>`: all that came after it; `<sequence>-<pk>`: the rest of a batch too. */
const PLACE = /^(\d{1,15})(?:-(\d{1,10}))?$/u;

/** The cameras written after a place, in the order they were. */
export async function readChanges(registry: Registry, since: number | string, limit: number): Promise<CameraChanges> {
  const end = readPlace(String(since));
  const bounded = Math.max(1, Math.min(Math.trunc(limit), MAX_CHANGES));
  const records = await registry.recordsSince(end, bounded + 1);
  const given = records.slice(0, bounded);
  const last = given.at(-1);
  return {
    cameras: given.map(({ camera }) => camera),
    next: last === undefined ? String(since) : `${last.change_seq}-${last.pk}`,
    more: records.length > bounded,
  };
}

function readPlace(since: string): { change_seq: number; pk: number } {
  const [, sequence, pk] = PLACE.exec(since) ?? [];
  if (sequence === undefined) throw cursorInvalid(since, "is no place among the changes");
  return { change_seq: Number(sequence), pk: pk === undefined ? Number.MAX_SAFE_INTEGER : Number(pk) };
}
