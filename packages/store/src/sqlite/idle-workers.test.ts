import { expect, it, vi } from "vitest";

import { TempFolder } from "../test-support/temp-folder.ts";
import { DatabaseThread } from "./database-thread.ts";
import { restWorker, takeWorker } from "./idle-workers.ts";
import type { FromThread, Request } from "./worker/protocol.ts";

const open = (path: string): Promise<DatabaseThread> =>
  DatabaseThread.open({ path, mustExist: false, readOnly: false, lockWaitMs: 10, pragmas: [] });
const run = (thread: DatabaseThread, sql: string) => thread.ask({ kind: "query", sql, parameters: [], within: false });

it("gives the next connection the thread of one that was closed, and nothing of what that one had", async () => {
  using folder = new TempFolder();
  const first = await open(folder.file());
  await run(first, "create table mine (a)");
  await first.ask({ kind: "begin" });
  const failing = first.ask({ kind: "query", sql: "select missing", parameters: [], within: true });
  await expect(failing).rejects.toThrow("no such column");
  await first.close();

  const worker = takeWorker();
  const { threadId } = worker;
  await restWorker(worker);
  const second = await open(folder.file());
  await expect(run(second, "select * from mine")).rejects.toThrow("no such table");
  await second.ask({ kind: "begin" });
  await second.ask({ kind: "query", sql: "select 1", parameters: [], within: true });
  await second.ask({ kind: "commit" });

  // Whoever closed its own has nothing to say about the thread any more.
  await first.close();
  await first.terminate();
  await expect(run(first, "select 1")).rejects.toMatchObject({ code: "ARGUS_STORE_THREAD_LOST" });
  expect((await run(second, "select 1")).rows).toEqual([[1]]);
  await second.close();
  const again = takeWorker();
  expect(again.threadId).toBe(threadId);
  await again.terminate();
});

it("does not hand on a thread that still has something to answer", async () => {
  const thread = await open(":memory:");
  const late = run(thread, "select 1");
  const closed = thread.close();
  const tooLate = run(thread, "select 2");
  expect((await late).rows).toEqual([[1]]);
  await expect(tooLate).rejects.toThrow();
  await closed;
  const next = takeWorker();
  const heard: FromThread[] = [];
  next.on("message", (message: FromThread) => heard.push(message));
  next.postMessage({ id: 1, request: { kind: "close" } satisfies Request }, []);
  await vi.waitFor(() => expect(heard).toEqual([{ id: 1, answer: null }]));
  await next.terminate();
});

it("lets three threads rest, and those not for long", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const workers = [takeWorker(), takeWorker(), takeWorker(), takeWorker()];
  const ends = workers.map((worker) => new Promise((resolve) => worker.once("exit", resolve)));
  for (const worker of workers) await restWorker(worker);
  await ends[3];
  const taken = new Set([takeWorker(), takeWorker(), takeWorker()]);
  expect(workers.map((worker) => taken.has(worker))).toEqual([true, true, true, false]);
  expect(workers).not.toContain(takeWorker());
  for (const worker of workers.slice(0, 2)) await restWorker(worker);
  // One that ended while it rested is not given to anybody.
  await workers[1]!.terminate();
  vi.advanceTimersByTime(5000);
  await ends[0];
  expect(workers).not.toContain(takeWorker());
  await workers[2]!.terminate();
  vi.useRealTimers();
});
