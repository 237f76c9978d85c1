import { Worker } from "node:worker_threads";

import { WORKER_URL } from "./worker-url.ts";

/** As many as the store of one file has: to write, to read, and to read the whole index beside that. */
const MOST = 3;
/** Long enough for whoever closes one file to open the next, in milliseconds. */
const REST_MS = 5000;

type Idle = { worker: Worker; wake: () => void };

// Starting a thread takes longer than most of what it is asked for, and commands, checks and copies open one after another.
const resting: Idle[] = [];

/** A thread that runs the database's program without a connection, and keeps no program alive: a rested one or a new one. */
export function takeWorker(): Worker {
  const idle = resting.pop();
  if (idle !== undefined) {
    idle.wake();
    return idle.worker;
  }
  // Without the program's own flags, of which some (`--input-type`) stop a thread from starting.
  const worker = new Worker(WORKER_URL, { execArgv: [], name: "argus-store" });
  worker.unref();
  return worker;
}

/**
 * Takes back a thread that has answered everything and has closed its connection; whoever had it listens to it no more.
 * It ends when nobody takes it soon, or when enough others rest.
 */
export async function restWorker(worker: Worker): Promise<void> {
  worker.unref();
  if (resting.length >= MOST) {
    await worker.terminate();
    return;
  }
  const forget = (): void => {
    idle.wake();
    resting.splice(resting.indexOf(idle), 1);
  };
  const end = (): void => {
    forget();
    worker.terminate().catch(() => undefined);
  };
  const timer = setTimeout(end, REST_MS).unref();
  const idle: Idle = {
    worker,
    wake() {
      clearTimeout(timer);
      worker.off("exit", forget).off("error", ignore);
    },
  };
  worker.on("exit", forget).on("error", ignore);
  resting.push(idle);
}

/** Its exit follows and says all. */
function ignore(): void {}
