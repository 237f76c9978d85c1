import { expect, it } from "vitest";

import { retryCollisions } from "./transaction.ts";

const collision = Object.assign(new Error("could not serialize access"), { code: "40001" });

it("runs what collides with another program's transaction again", async () => {
  let runs = 0;
  const result = await retryCollisions(60_000, async () => {
    runs += 1;
    if (runs < 3) throw collision;
    return runs;
  });
  expect(result).toBe(3);
});

it("gives up when the time is over, and at once for anything else", async () => {
  let runs = 0;
  const failing = (error: Error) => async () => {
    runs += 1;
    throw error;
  };
  await expect(retryCollisions(0, failing(collision))).rejects.toBe(collision);
  const other = new Error("no");
  await expect(retryCollisions(60_000, failing(other))).rejects.toBe(other);
  expect(runs).toBe(2);
});
