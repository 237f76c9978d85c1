import type { Camera, CameraFilter, CameraQuery } from "@argus/core";

import type { CameraStore, StoreOptions } from "../../camera-store.ts";
import type { TestClock } from "../sample.ts";

/** Makes a fresh, empty store that is ready for use. */
export type StoreFactory = (options: Pick<StoreOptions, "clock">) => Promise<CameraStore>;

/** What a check works with: a fresh store, which is closed for it, its clock, and a way to have another. */
export type Bench = { readonly store: CameraStore; readonly clock: TestClock; readonly makeStore: StoreFactory };

/** Something every store does, whatever its engine. `run` throws when this one does not. */
export type Check = { readonly name: string; run(bench: Bench): Promise<void> };

export async function idsOf(store: CameraStore, query: CameraQuery): Promise<string[]> {
  return (await store.page(query)).cameras.map(({ id }) => id);
}

export async function eachId(store: CameraStore, filter: CameraFilter): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.each(filter)) ids.push(id);
  return ids;
}

/** All pages of a query, put together. */
export async function wholeOf(store: CameraStore, query: CameraQuery): Promise<Camera[]> {
  const cameras: Camera[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.page({ ...query, ...(cursor === null ? {} : { cursor }) });
    cameras.push(...page.cameras);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return cameras;
}
