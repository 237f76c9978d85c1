import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { runTasks } from "./run-tasks.ts";

const passing = async () => ({ ok: true, output: "" });
const failing = async () => ({ ok: false, output: "no good" });

beforeEach(() => void vi.spyOn(console, "log").mockReturnValue(undefined));
afterEach(() => vi.restoreAllMocks());

it("leaves out what needs a failed task, however far away, and runs the rest", async () => {
  const results = await runTasks(
    [
      { title: "build", run: failing },
      { title: "pack", after: ["build"], run: passing },
      { title: "install", after: ["pack"], run: passing },
      { title: "lint", run: passing },
    ],
    2,
  );
  expect(results.map(({ title, state }) => [title, state])).toEqual([
    ["build", "failed"],
    ["pack", "left_out"],
    ["install", "left_out"],
    ["lint", "passed"],
  ]);
});

it("counts a task that throws as failed", async () => {
  const results = await runTasks([{ title: "build", run: () => Promise.reject(new Error("broken")) }], 1);
  expect(results[0]?.state).toBe("failed");
  expect(console.log).toHaveBeenCalledWith(expect.stringContaining("broken"));
});

it("runs no more at once than it may, and nothing before what it needs", async () => {
  const order: string[] = [];
  let running = 0;
  const task = (title: string, after?: string[]) => ({
    title,
    ...(after === undefined ? {} : { after }),
    run: async () => {
      running += 1;
      expect(running).toBeLessThanOrEqual(2);
      await Promise.resolve();
      order.push(title);
      running -= 1;
      return { ok: true, output: "" };
    },
  });
  await runTasks([task("c", ["a"]), task("a"), task("b"), task("d", ["c"])], 2);
  expect(order.indexOf("a")).toBeLessThan(order.indexOf("c"));
  expect(order.at(-1)).toBe("d");
});
