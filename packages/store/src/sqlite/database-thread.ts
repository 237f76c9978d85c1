import type { Worker } from "node:worker_threads";

import { storeBusy, threadLost } from "../errors.ts";
import { restWorker, takeWorker } from "./idle-workers.ts";
import type { Answers, BackupProgress, FromThread, OpenRequest, Request, ToThread } from "./worker/protocol.ts";

/** Requests on their way: enough to keep the thread busy, few enough to bound what lies copied between the threads. */
const IN_FLIGHT = 8;
/** What waits here is held by callers already; past this, they ask faster than any disk. */
const MAX_WAITING = 100_000;

type Job = {
  readonly request: Request;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
  readonly tell: ((progress: BackupProgress) => void) | undefined;
};

type AskOptions = { signal?: AbortSignal | undefined; tell?: (progress: BackupProgress) => void };

/**
 * A connection on a thread of its own. Requests are run in order. The thread keeps the program alive only while
 * something is asked of it.
 */
export class DatabaseThread {
  readonly #name: string;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Job>();
  readonly #sent = new Map<number, Job>();
  readonly #ended = Promise.withResolvers<void>();
  #nextId = 1;
  #loss: Error | null = null;
  #cause: unknown = undefined;

  private constructor(name: string) {
    this.#name = name;
    this.#worker = takeWorker();
    this.#worker.on("message", this.#receive).on("error", this.#fail).on("exit", this.#lose);
  }

  /**
   * Takes a thread and opens its connection.
   * @throws what SQLite says, with its code.
   */
  static async open(request: Omit<OpenRequest, "kind">): Promise<DatabaseThread> {
    const thread = new DatabaseThread(request.path);
    try {
      await thread.ask({ kind: "open", ...request });
      return thread;
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  /** Set once the thread has ended without being asked to, or was closed. */
  get isLost(): boolean {
    return this.#loss !== null;
  }

  /**
   * @throws what SQLite says, with its code; ArgusError ARGUS_STORE_THREAD_LOST, ARGUS_STORE_BUSY; the signal's reason.
   * What is being run when the signal is given runs to its end.
   */
  async ask<Kind extends Request["kind"]>(
    request: Extract<Request, { kind: Kind }>,
    { signal, tell }: AskOptions = {},
  ): Promise<Answers[Kind]> {
    signal?.throwIfAborted();
    if (this.#loss !== null) throw this.#loss;
    if (this.#waiting.size >= MAX_WAITING) throw storeBusy(this.#waiting.size, "requests");
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = this.#nextId;
    this.#nextId += 1;
    this.#waiting.set(id, { request, tell, resolve, reject });
    this.#worker.ref();
    this.#send();
    const abandon = (): void => {
      this.#waiting.delete(id);
      this.#rest();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", abandon, { once: true });
    try {
      return (await promise) as Answers[Kind];
    } finally {
      signal?.removeEventListener("abort", abandon);
    }
  }

  /** Closes the connection once everything asked for so far is done, and leaves the thread to the next. */
  async close(): Promise<void> {
    if (this.#loss !== null) return;
    const isClosed = await this.ask({ kind: "close" }).then(
      () => true,
      () => false,
    );
    if (this.#loss !== null) return;
    // Whoever has the thread next must not hear an answer to this one.
    if (!isClosed || this.#sent.size > 0 || this.#waiting.size > 0) return this.terminate();
    this.#worker.off("message", this.#receive).off("error", this.#fail).off("exit", this.#lose);
    this.#lose();
    await restWorker(this.#worker);
  }

  /** Ends the thread where it is; SQLite rolls back what was not committed. */
  async terminate(): Promise<void> {
    if (this.#loss !== null) return;
    this.#worker.ref();
    await this.#worker.terminate();
    await this.#ended.promise;
  }

  /** The same without waiting for it. */
  abandon(): void {
    if (this.#loss !== null) return;
    this.#worker.terminate().catch(() => {});
    this.#worker.unref();
  }

  #send(): void {
    while (this.#sent.size < IN_FLIGHT) {
      const next = this.#waiting.entries().next().value;
      if (next === undefined) return;
      const [id, job] = next;
      this.#waiting.delete(id);
      this.#post(id, job);
    }
  }

  #post(id: number, job: Job): void {
    try {
      this.#worker.postMessage({ id, request: job.request } satisfies ToThread, []);
      this.#sent.set(id, job);
    } catch (error) {
      // A value that cannot be sent, such as a function among the parameters.
      job.reject(error as Error);
      this.#rest();
    }
  }

  readonly #receive = (message: FromThread): void => {
    const job = this.#sent.get(message.id);
    if (job === undefined) return;
    if ("progress" in message) {
      job.tell?.(message.progress);
      return;
    }
    this.#sent.delete(message.id);
    this.#send();
    this.#rest();
    if ("failure" in message) job.reject(toError(message.failure));
    else job.resolve(message.answer);
  };

  readonly #fail = (error: unknown): void => {
    this.#cause = error;
  };

  #rest(): void {
    if (this.#sent.size === 0 && this.#waiting.size === 0) this.#worker.unref();
  }

  readonly #lose = (): void => {
    this.#loss = threadLost(this.#name, this.#cause);
    for (const job of [...this.#sent.values(), ...this.#waiting.values()]) job.reject(this.#loss);
    this.#sent.clear();
    this.#waiting.clear();
    this.#ended.resolve();
  };
}

/**
 * Runs a task on a thread that is opened for it. SQLite notices late that a task was given up: `leave` does not wait
 * for that, for a task that leaves nothing behind.
 */
export async function useThread<Result>(
  open: () => Promise<DatabaseThread>,
  task: (thread: DatabaseThread) => Promise<Result>,
  { signal, leave = false }: { signal?: AbortSignal | undefined; leave?: boolean } = {},
): Promise<Result> {
  signal?.throwIfAborted();
  const thread = await open();
  try {
    return await task(thread);
  } finally {
    if (signal?.aborted !== true) await thread.close();
    else if (leave) thread.abandon();
    else await thread.terminate();
  }
}

function toError({ message, code, stack }: { message: string; code: string; stack: string }): Error {
  return Object.assign(new Error(message), { name: "SqliteError", code, stack });
}
