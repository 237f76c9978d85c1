import { expect, it, vi } from "vitest";

import { LazyPart } from "./lazy-part.ts";

it("is loaded once, however often it is wanted, and again after a failure", async () => {
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new Error("the line broke")).mockResolvedValueOnce("a part");
  const part = new LazyPart(load);
  await Promise.all([part.load(), part.load()]);
  expect([part.module.value, part.problem.value?.message]).toEqual([null, "The line broke."]);
  expect(part.problem.value?.advice).toMatch(/Reload the page/u);
  await Promise.all([part.load(), part.load()]);
  await part.load();
  expect([part.module.value, part.problem.value, load.mock.calls.length]).toEqual(["a part", null, 2]);
});
