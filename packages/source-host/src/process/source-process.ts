import type { ChildProcess } from "node:child_process";
import type { Duplex, Readable } from "node:stream";

import { processEnded, processUnstartable } from "../errors.ts";
import { WIRE } from "../wire/bounds.ts";
import { FrameReader, writeFrame } from "../wire/frames.ts";
import { readMessage } from "../wire/read-message.ts";
import type { Job, ToChild } from "../wire/to-child.ts";
import type { ToHost } from "../wire/to-host.ts";
import { fromWire } from "../wire/wire-error.ts";
import type { ProcessBounds } from "./bounds.ts";
import { describeExit } from "./how-it-ended.ts";
import { type Launch, spawnSource } from "./launch.ts";
import { MessageRate } from "./message-rate.ts";
import { Output } from "./output.ts";
import { letOthersFirst } from "./priority.ts";
import { keepTrack } from "./this-process.ts";

const BEATS = 4;
const START_MS = 30_000;
const MIB = 1024 * 1024;
const OUTSIDE_HEAP_MIB = 512;

/** The message with which a process says that its work is done. */
export type LastMessage = Extract<ToHost, { t: "described" | "checked" | "done" }>;
/** The others that are not about the process itself. */
export type WorkMessage = Exclude<ToHost, LastMessage | { t: "ping" | "loaded" | "failed" }>;

export type SourceProcessOptions = {
  launch: Launch;
  job: Job;
  bounds: ProcessBounds;
  /** Takes what the source sends while it works; what it throws ends the process, and is why. */
  hear: (message: WorkMessage, body: Buffer) => void;
  /** Called once its package has loaded, or it has ended before that. */
  settledIn: () => void;
  /** A line that the source printed. */
  printed: (stream: "stdout" | "stderr", line: string) => void;
};

/** One source's process, from its start to its certain end. */
export class SourceProcess {
  readonly #options: SourceProcessOptions;
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #stderr: Output;
  readonly #reader = new FrameReader({ maxText: WIRE.maxText, maxBody: WIRE.maxRequestBody });
  readonly #rate = new MessageRate();
  readonly #end = Promise.withResolvers<LastMessage>();
  readonly #gone = Promise.withResolvers<void>();
  readonly #starting: NodeJS.Timeout;
  #loading: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;
  #missedBeats = 0;
  #isOver = false;

  constructor(options: SourceProcessOptions) {
    const { launch, job, bounds } = options;
    this.#options = options;
    this.#child = spawnSource(launch, bounds);
    this.#pipe = this.#child.stdio[3] as Duplex;
    keepTrack(this.#child);
    this.#stderr = this.#listenTo("stderr", this.#child.stderr);
    this.#listenTo("stdout", this.#child.stdout);
    this.#pipe.on("data", (chunk: Buffer) => this.#take(chunk)).on("error", () => undefined);
    this.#child.once("error", (error) => this.fail(processUnstartable(error)));
    this.#child.once("close", (code, signal) => this.#closed(code, signal));
    this.#child.once("exit", () => this.#gone.resolve());
    this.#starting = setTimeout(() => this.#tooSlow("start", START_MS), START_MS);
    this.#end.promise.catch(() => undefined);
    void this.send({ t: "start", job });
  }

  /** Its last message, once it is gone. Rejects with what the source failed of, with why it was ended, or with how it died. */
  get ended(): Promise<LastMessage> {
    return this.#end.promise;
  }

  /** Settles when the message has been handed to the system. */
  async send(message: ToChild, body: Uint8Array | null = null): Promise<void> {
    if (this.#isOver) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#pipe.cork();
    for (const piece of writeFrame(JSON.stringify(message), body)) this.#pipe.write(piece);
    // Also called when the pipe breaks: whoever waits goes on.
    this.#pipe.write(Buffer.alloc(0), () => resolve());
    this.#pipe.uncork();
    await promise;
  }

  /** Ends it at once, and for this reason. */
  fail(reason: unknown): void {
    this.#settle(() => this.#end.reject(reason));
  }

  #listenTo(name: "stdout" | "stderr", stream: Readable | null): Output {
    if (stream === null) throw processUnstartable(new Error(`it has no ${name}`));
    return new Output(stream, {
      name,
      line: (line) => this.#options.printed(name, line),
      flooded: (error) => this.fail(error),
    });
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    this.#missedBeats = 0;
    this.#hasStarted();
    try {
      for (const { text, body } of this.#reader.push(chunk)) {
        this.#rate.count();
        this.#hear(readMessage(text), body);
        if (this.#isOver) return;
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** The time Node itself takes to start is not the package's. */
  #hasStarted(): void {
    clearTimeout(this.#starting);
    const { loadMs } = this.#options.bounds;
    this.#loading ??= setTimeout(() => this.#tooSlow("load", loadMs), loadMs);
  }

  #hasLoaded(): void {
    clearTimeout(this.#loading);
    this.#options.settledIn();
    if (this.#options.job.kind === "scrape") letOthersFirst(this.#child.pid);
    this.#beat ??= setInterval(() => this.#checkBeat(), this.#options.bounds.heartbeatMs / BEATS);
  }

  #hear(message: ToHost, body: Buffer): void {
    switch (message.t) {
      case "ping":
        return this.#checkMemory(message.rss);
      case "loaded":
        return this.#hasLoaded();
      case "failed":
        return this.fail(fromWire(message));
      case "described":
      case "checked":
      case "done":
        return this.#settle(() => this.#end.resolve(message));
      default:
        return this.#options.hear(message, body);
    }
  }

  /** Nothing it could still do is of use, and nothing it holds needs closing: it is killed, however it ended. */
  #settle(tell: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#starting);
    clearTimeout(this.#loading);
    clearInterval(this.#beat);
    this.#options.settledIn();
    this.#child.kill("SIGKILL");
    this.#pipe.destroy();
    // One that never started is gone already.
    if (this.#child.pid === undefined) this.#gone.resolve();
    void this.#gone.promise.then(tell);
  }

  #closed(code: number | null, signal: NodeJS.Signals | null): void {
    const { last: stderr } = this.#stderr;
    this.fail(processEnded(describeExit({ code, signal, stderr }, this.#options)));
  }

  #tooSlow(what: "start" | "load", ms: number): void {
    this.fail(processEnded(`it did not ${what} within ${ms / 1000} s`));
  }

  // Counted and not timed: a host that was busy itself must not take its sources for dead.
  #checkBeat(): void {
    this.#missedBeats += 1;
    if (this.#missedBeats <= BEATS) return;
    const seconds = this.#options.bounds.heartbeatMs / 1000;
    this.fail(
      processEnded(
        `gave no sign of life for ${seconds} s, so it is stuck in a loop: look for a newer version of the source`,
      ),
    );
  }

  #checkMemory(rss: number): void {
    const { memoryMb } = this.#options.bounds;
    if (rss <= (memoryMb + OUTSIDE_HEAP_MIB) * MIB) return;
    this.fail(processEnded(describeExit({ code: null, signal: null, stderr: "out of memory" }, this.#options)));
  }
}
