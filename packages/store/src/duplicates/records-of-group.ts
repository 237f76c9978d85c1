import { type CameraRecord, recordsById, recordsStoodFor } from "../registry/records.ts";
import type { StoreEngine } from "../store-engine.ts";
import { bySeniority } from "./groups.ts";

/** The cameras that show the same view as one, itself included, the one that stands for them first. */
export async function recordsOfGroup(engine: StoreEngine, id: string): Promise<CameraRecord[]> {
  const [asked] = await recordsById(engine, [id]);
  if (asked === undefined) return [];
  const first = asked.camera.duplicate_of ?? id;
  const others = await recordsStoodFor(engine, [first]);
  const all = new Map([asked, ...(await recordsById(engine, [first])), ...others].map((record) => [record.pk, record]));
  return [...all.values()].toSorted(
    ({ camera: a }, { camera: b }) => Number(b.id === first) - Number(a.id === first) || bySeniority(a, b),
  );
}
