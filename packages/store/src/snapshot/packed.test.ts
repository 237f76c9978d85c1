import fc from "fast-check";
import { expect, it } from "vitest";

import { MemoryParts } from "../test-support/memory-parts.ts";
import { listsOf, textsOf } from "./packed.ts";

it("gives texts back as they were, and those that are not there", async () => {
  const text = fc.oneof(fc.constant(null), fc.string({ unit: "grapheme" }), fc.constantFrom("", "\0", "東京", "😀"));
  await fc.assert(
    fc.asyncProperty(fc.array(text), async (texts) => {
      const parts = new MemoryParts();
      expect(await textsOf(parts.writing(), "texts", texts)).toBe(texts);
      expect(await textsOf(parts.reading(), "texts", [])).toEqual(texts);
    }),
  );
});

it("gives lists back as they were, and those that are not there", async () => {
  const list = fc.option(fc.uint32Array({ maxLength: 5 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.array(list), async (lists) => {
      const parts = new MemoryParts();
      await listsOf(parts.writing(), "lists", lists);
      expect(await listsOf(parts.reading(), "lists", [])).toEqual(lists);
    }),
  );
});

it("refuses lengths that do not add up", async () => {
  const parts = new MemoryParts();
  await parts.writing().array("texts.lengths", Uint32Array.of(2, 2), Uint32Array);
  await parts.writing().array("texts.bytes", Uint8Array.of(97, 97, 97), Uint8Array);
  await expect(textsOf(parts.reading(), "texts", [])).rejects.toThrow("add up");
});
