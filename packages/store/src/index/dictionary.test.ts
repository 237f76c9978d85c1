import { expect, it } from "vitest";

import { MemoryParts } from "../test-support/memory-parts.ts";
import { Dictionary } from "./dictionary.ts";
import { TagColumn } from "./tag-column.ts";

it("gives a text one code for as long as it is used, and null none", () => {
  const places = new Dictionary();
  const york = places.retain("York");
  expect([places.retain("York"), places.codeOf("York"), places.textOf(york)]).toEqual([york, york, "York"]);
  expect([places.retain(null), places.textOf(0), places.codeOf("Leeds")]).toEqual([0, null, 0]);
});

it("keeps a text that nobody uses until it is swept, and then gives its code away", () => {
  const dropped: number[] = [];
  const places = new Dictionary((code) => dropped.push(code));
  const york = places.retain("York");
  places.release(york);
  expect(places.textOf(york)).toBe("York");
  places.sweep();
  expect([places.textOf(york), places.codeOf("York"), dropped]).toEqual([null, 0, [york]]);
  expect([places.retain("Leeds"), places.retain("York"), places.limit]).toEqual([york, york + 1, york + 2]);
});

it("keeps a text that is used again before the sweep", () => {
  const places = new Dictionary();
  const york = places.retain("York");
  places.release(york);
  places.retain("York");
  places.release(york);
  places.retain("York");
  places.sweep();
  expect(places.codeOf("York")).toBe(york);
});

it("stays as large as what is used at a time, however many texts come and go", () => {
  const places = new Dictionary();
  for (let n = 0; n < 1000; n += 1) {
    places.release(places.retain(`city ${n}`));
    places.sweep();
  }
  expect(places.limit).toBe(2);
});

it("forgets tags with the last list that holds them", () => {
  const column = new TagColumn();
  column.set(0, '["road","sea","road"]');
  const road = column.tags.codeOf("road");
  expect(column.membersOf(column.lists.codes.at(0))).toHaveLength(2);
  column.set(0, '["sea"]');
  column.sweep();
  expect([column.tags.codeOf("road"), column.tags.textOf(road), column.wanted(["road"]).includes(1)]).toEqual([
    0,
    null,
    false,
  ]);
  column.set(0, '["sky","road"]');
  expect([...column.membersOf(column.lists.codes.at(0))].map((tag) => column.tags.textOf(tag))).toEqual([
    "sky",
    "road",
  ]);
});

it("knows after a snapshot which codes are free, or will be, and how often each is used", async () => {
  const dictionary = new Dictionary();
  const [free, unused, used] = ["free", "unused", "東京"].map((text) => dictionary.retain(text));
  dictionary.retain(null);
  dictionary.retain("東京");
  dictionary.release(free!);
  dictionary.sweep();
  dictionary.release(unused!);
  const parts = new MemoryParts();
  await dictionary.transfer(parts.writing());

  const again = new Dictionary();
  await again.transfer(parts.reading());
  expect(["free", "unused", "東京"].map((text) => again.codeOf(text))).toEqual([0, unused, used]);
  expect(again.retain("new")).toBe(free);
  again.release(used!);
  again.sweep();
  expect([again.textOf(unused!), again.textOf(used!)]).toEqual([null, "東京"]);
  expect(again.retain("newer")).toBe(unused);
});
