import { expect, it } from "vitest";

import { MemoryParts } from "../test-support/memory-parts.ts";
import { TextArena } from "./text-arena.ts";

it("hands out what was freed before a snapshot, and nothing that is in use", async () => {
  const arena = new TextArena();
  const blocks = [3, 5, 3, 9].map((words) => arena.allocate(words));
  arena.free(blocks[0]!, 3);
  arena.free(blocks[1]!, 5);
  arena.free(blocks[2]!, 3);
  arena.pageOf(blocks[3]!).words[arena.offsetOf(blocks[3]!)] = 7;
  const parts = new MemoryParts();
  await arena.transfer(parts.writing());

  const again = new TextArena();
  await again.transfer(parts.reading());
  expect(again.pageOf(blocks[3]!).words[again.offsetOf(blocks[3]!)]).toBe(7);
  expect(again.pageOf(blocks[3]!).bytes.byteLength).toBe(arena.pageOf(blocks[3]!).bytes.byteLength);
  expect([again.allocate(3), again.allocate(3), again.allocate(5)].toSorted((a, b) => a - b)).toEqual(
    blocks.slice(0, 3),
  );
  expect(again.allocate(3)).toBeGreaterThan(blocks[3]!);
});
