import type { CachedAnswer } from "@argus/source-sdk/host";
import { expect, it } from "vitest";

import { HttpCaches } from "./http-caches.ts";

const KIB = 1024;
// With what an answer takes besides, each is of 2 KiB.
const answer = (): CachedAnswer => ({ etag: null, last_modified: null, content_type: null, body: new Uint8Array(KIB) });
const keep = (caches: HttpCaches, sourceId: string, ...keys: string[]) => {
  for (const key of keys) void caches.of(sourceId).set(key, answer());
};
const kept = (caches: HttpCaches, sourceId: string, ...keys: string[]) =>
  keys.filter((key) => caches.of(sourceId).get(key) !== null);

it("keeps each source's answers apart", () => {
  const caches = new HttpCaches();
  keep(caches, "one", "a");
  expect([kept(caches, "one", "a"), kept(caches, "two", "a")]).toEqual([["a"], []]);
});

it("drops what a source has not used for longest when that source has too much, and nothing of the others", () => {
  const caches = new HttpCaches({ sourceBytes: 4 * KIB, bytes: 100 * KIB });
  keep(caches, "other", "a");
  keep(caches, "one", "a", "b");
  kept(caches, "one", "a");
  keep(caches, "one", "c");
  expect([kept(caches, "one", "a", "b", "c"), kept(caches, "other", "a")]).toEqual([["a", "c"], ["a"]]);
});

it("drops what has not been used for longest of all when all have too much, and counts what is written anew once", () => {
  const caches = new HttpCaches({ sourceBytes: 4 * KIB, bytes: 6 * KIB });
  keep(caches, "one", "a", "a", "a");
  keep(caches, "two", "a");
  keep(caches, "three", "a");
  kept(caches, "one", "a");
  keep(caches, "four", "a");
  expect(["one", "two", "three", "four"].map((id) => kept(caches, id, "a").length)).toEqual([1, 0, 1, 1]);
});

it("does not keep what is larger than all it may hold", () => {
  const caches = new HttpCaches({ sourceBytes: KIB });
  keep(caches, "one", "a");
  expect(kept(caches, "one", "a")).toEqual([]);
});
