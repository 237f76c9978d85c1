import type { Outcome } from "./run-command.ts";

/** A check; it starts when those named in `after` have passed, and is left out when one of them has not. */
export type Task = { title: string; after?: readonly string[]; run: () => Promise<Outcome> };

/** A task's end. `left_out`: something it needs had failed. */
export type Result = { title: string; state: "passed" | "failed" | "left_out"; seconds: number };

/** Runs the tasks, at most `limit` at a time and in their order, prints each as it ends, and returns their results. */
export async function runTasks(tasks: readonly Task[], limit: number): Promise<Result[]> {
  const results = new Map<string, Result>();
  const waiting = [...tasks];
  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    leaveOut(waiting, results);
    const next = running.size < limit ? waiting.findIndex((task) => isReady(task, results)) : -1;
    const [task] = next < 0 ? [] : waiting.splice(next, 1);
    if (task !== undefined) {
      const run = runTask(task).then((result) => {
        results.set(task.title, result);
        running.delete(run);
      });
      running.add(run);
    } else if (running.size > 0) {
      await Promise.race(running);
    } else if (waiting.length > 0) {
      throw new Error(`nothing can start: ${waiting.map(({ title }) => title).join(", ")}`);
    }
  }
  return tasks.flatMap(({ title }) => results.get(title) ?? []);
}

function isReady({ after = [] }: Task, results: ReadonlyMap<string, Result>): boolean {
  return after.every((title) => results.get(title)?.state === "passed");
}

function leaveOut(waiting: Task[], results: Map<string, Result>): void {
  const isLost = (title: string) => (results.get(title)?.state ?? "passed") !== "passed";
  const nextLost = () => waiting.find(({ after = [] }) => after.some(isLost));
  for (let task = nextLost(); task !== undefined; task = nextLost()) {
    waiting.splice(waiting.indexOf(task), 1);
    results.set(task.title, { title: task.title, state: "left_out", seconds: 0 });
    console.log(`\n== ${task.title}: left out, for what it needs did not pass`);
  }
}

async function runTask(task: Task): Promise<Result> {
  const started = performance.now();
  const { ok, output } = await task.run().catch((error: unknown) => ({ ok: false, output: String(error) }));
  const seconds = (performance.now() - started) / 1000;
  console.log(`\n== ${task.title}: ${ok ? "ok" : "FAILED"}, ${seconds.toFixed(1)} s`);
  if (!ok) console.log(output.trim());
  return { title: task.title, state: ok ? "passed" : "failed", seconds };
}
