import { expect, it, vi } from "vitest";

import { Latest } from "./latest.ts";

it("aborts the call before, and drops its outcome even if it still comes", async () => {
  const latest = new Latest();
  const take = { value: vi.fn(), error: vi.fn() };
  const first = Promise.withResolvers<string>();
  let firstSignal: AbortSignal | undefined;
  const one = latest.run((signal) => ((firstSignal = signal), first.promise), take);
  const two = latest.run(async () => "second", take);
  expect(firstSignal?.aborted).toBe(true);
  first.resolve("first");
  await Promise.all([one, two]);
  expect(take.value.mock.calls).toEqual([["second"]]);
  expect(take.error).not.toHaveBeenCalled();
});

it("hands on an error, but not that of a cancelled call", async () => {
  const latest = new Latest();
  const take = { value: vi.fn(), error: vi.fn() };
  await latest.run(() => Promise.reject(new Error("no")), take);
  expect(take.error).toHaveBeenCalledOnce();
  const cancelled = latest.run(
    (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    take,
  );
  latest.cancel();
  await cancelled;
  expect(take.error).toHaveBeenCalledOnce();
});
