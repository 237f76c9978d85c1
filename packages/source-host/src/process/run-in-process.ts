import { availableParallelism } from "node:os";

import { ArgusError, isArgusError } from "@argus/core";

import { protocolBroken } from "../errors.ts";
import { redactorOf } from "../redact-text.ts";
import type { HostPorts } from "../run-source.ts";
import type { CodeInput, Running } from "../source-code.ts";
import { WIRE } from "../wire/bounds.ts";
import type { Job, ToChild } from "../wire/to-child.ts";
import type { Rows } from "../wire/to-host.ts";
import { toWire } from "../wire/wire-error.ts";
import { HttpAnswers } from "./http-answers.ts";
import type { Launch } from "./launch.ts";
import { type LastMessage, SourceProcess, type WorkMessage } from "./source-process.ts";
import { StartGate } from "./start-gate.ts";

// Enough to keep the cores busy; more would only make every start take longer.
const starts = new StartGate(Math.max(2, availableParallelism()));

// One that is stuck must not keep the others from starting.
const LONGEST_START_MS = 3000;

/** What a source says about one camera that it was asked about. */
export type CameraAnswer = Extract<WorkMessage, { t: "resolved" | "unresolved" }>;

/** A job under way; `send` hands over what the process is to hear once it is there, and nothing after its end. */
export type ProcessRun = Running<LastMessage> & { send(message: ToChild): void };

/**
 * Does one job in a process of its own, with the ports at the other end of its pipe. What `answered` throws ends the
 * process, and is why.
 */
export function runInProcess(
  launch: Launch,
  job: Job,
  input: CodeInput,
  secrets: Iterable<string>,
  answered: (answer: CameraAnswer) => void = unasked,
): ProcessRun {
  const work = new Work(input, redactorOf(secrets), answered);
  return { ended: work.run(launch, job), end: () => work.end(), send: (message) => work.send(message) };
}

function unasked({ id }: CameraAnswer): never {
  throw protocolBroken(`told of a camera (${id}) that it was not asked about`);
}

class Work {
  readonly #input: CodeInput;
  readonly #ports: HostPorts;
  readonly #redact: (text: string) => string;
  readonly #answered: (answer: CameraAnswer) => void;
  readonly #answers: HttpAnswers;
  readonly #started = Promise.withResolvers<void>();
  readonly #ending = new AbortController();
  #process: SourceProcess | null = null;
  #rowsAhead = 0;
  #rowsDone: Promise<void> = Promise.resolve();

  constructor(input: CodeInput, redact: (text: string) => string, answered: (answer: CameraAnswer) => void) {
    this.#input = input;
    this.#answered = answered;
    this.#ports = input.ports;
    this.#redact = redact;
    this.#answers = new HttpAnswers(input.ports.transport, (message, body) => this.#send(message, body));
  }

  end(): void {
    const reason = protocolBroken("did not stop when it was told to");
    this.#ending.abort(reason);
    this.#process?.fail(reason);
  }

  send(message: ToChild): void {
    void this.#started.promise.then(() => this.#send(message));
  }

  async run(launch: Launch, job: Job): Promise<LastMessage> {
    const { signal, bounds } = this.#input;
    const settledIn = await starts.enter(AbortSignal.any([signal, this.#ending.signal]));
    const timer = setTimeout(settledIn, LONGEST_START_MS);
    this.#process = new SourceProcess({
      launch,
      job,
      bounds,
      settledIn: () => {
        clearTimeout(timer);
        settledIn();
      },
      hear: (message, body) => this.#hear(message, body),
      printed: (stream, line) => this.#ports.log("debug", this.#redact(line), { printed_to: stream }),
    });
    this.#started.resolve();
    const abort = (): void => void this.#send({ t: "abort", reason: toWire(signal.reason) });
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await this.#process.ended;
    } catch (error) {
      throw this.#redacted(error);
    } finally {
      signal.removeEventListener("abort", abort);
      // What was listed before the end, whichever it was, is stored.
      await this.#rowsDone;
    }
  }

  async #send(message: ToChild, body: Uint8Array | null = null): Promise<void> {
    await this.#process?.send(message, body);
  }

  #hear(message: WorkMessage, body: Buffer): void {
    switch (message.t) {
      case "rows":
        return this.#takeRows(message);
      case "http":
        return this.#answers.ask(message, body);
      case "log":
        return this.#ports.log(message.level, this.#redact(message.message), this.#redactFields(message.fields));
      case "resolved":
        return this.#answered(message);
      case "unresolved":
        return this.#answered({ ...message, message: this.#redact(message.message) });
      case "partial":
        return this.#ports.partial(this.#redact(message.reason));
      case "progress": {
        const { done, total, message: text } = message;
        return this.#ports.progress({ done, total, message: text === undefined ? undefined : this.#redact(text) });
      }
    }
  }

  #takeRows(rows: Rows): void {
    this.#rowsAhead += 1;
    if (this.#rowsAhead > WIRE.rowMessagesAhead)
      throw protocolBroken("sent cameras faster than they are taken, past ctx.emit");
    this.#rowsDone = this.#rowsDone.then(() => this.#store(rows));
  }

  async #store({ cameras, rejected }: Rows): Promise<void> {
    for (const { id, reason } of rejected) this.#ports.reject(id, this.#redact(reason));
    try {
      for (const camera of cameras) await this.#ports.emit(camera);
    } catch {
      // The run is stopping, and its signal says why.
    }
    this.#rowsAhead -= 1;
    void this.#send({ t: "taken" });
  }

  #redactFields(fields: Extract<WorkMessage, { t: "log" }>["fields"]): typeof fields {
    const entries = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? this.#redact(value) : value,
    ]);
    return Object.fromEntries(entries) as typeof fields;
  }

  #redacted(error: unknown): unknown {
    if (!isArgusError(error)) return error;
    const { code, message, retryable } = error;
    return new ArgusError(code, this.#redact(message), { retryable, cause: error.cause });
  }
}
