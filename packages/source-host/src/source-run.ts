import { setImmediate as nextTurn } from "node:timers/promises";

import { isoNow, type Log } from "@argus/core";
import type { Retry } from "@argus/source-sdk/host";

import { cutText, describeFault } from "./bounded-text.ts";
import { CameraBatches } from "./camera-batches.ts";
import { CameraIntake } from "./camera-intake.ts";
import { scrapeDeadline } from "./errors.ts";
import { handled } from "./handled.ts";
import { describeHeld } from "./held-listings.ts";
import type { HostPorts } from "./run-source.ts";
import { MAX_DEADLINE_S } from "./own-options.ts";
import { type RunBounds, runBounds } from "./run-bounds.ts";
import { openedFor, type ReadySource, type RunSettings, transportFor } from "./run-settings.ts";
import type { Running } from "./source-code.ts";
import { SourceLog } from "./source-log.ts";
import type { SourceProgress } from "./source-progress.ts";
import { type Ending, judge, type Verdict } from "./verdict.ts";

const MAX_PARTIALS = 100;
const EMITS_PER_TURN = 250;
const MS_PER_S = 1000;

/** One source's part of a scrape, from its first request to its cameras in the store. Whatever it does stays in here. */
export class SourceRun {
  readonly #ready: ReadySource;
  readonly #settings: RunSettings;
  readonly #bounds: RunBounds;
  readonly #progress: SourceProgress;
  readonly #intake: CameraIntake;
  readonly #batches: CameraBatches;
  readonly #log: SourceLog;
  readonly #stopping = new AbortController();
  readonly #partials: string[] = [];
  #running: Running<void> | null = null;
  #before = 0;
  #emitted = 0;
  #settled = false;
  #isAbandoned = false;
  #warnedLate = false;

  constructor(ready: ReadySource, progress: SourceProgress, settings: RunSettings) {
    const { store, log, limits } = settings;
    this.#ready = ready;
    this.#settings = settings;
    this.#bounds = runBounds(ready.allowance, settings);
    this.#progress = progress;
    this.#intake = new CameraIntake({
      source: ready.source,
      progress,
      maxCameras: limits.maxCameras,
      isOpened: openedFor(ready, settings),
    });
    this.#log = new SourceLog(log, ready.source.id);
    this.#batches = new CameraBatches({
      write: async (cameras) => progress.stored(await store.upsert(cameras)),
      size: limits.batchSize,
      delayMs: limits.batchMs,
      maxWaiting: limits.maxWaiting,
      onFailure: (error) => this.#stopping.abort(error),
    });
  }

  /** Runs it to its end; never throws. An aborted `cancelled` stops it, and it ends `cancelled`. */
  async run(cancelled: AbortSignal): Promise<void> {
    this.#progress.begin(isoNow(this.#settings.clock));
    this.#settings.held.forget(this.#ready.source.id);
    this.#before = this.#settings.store.countBySource().get(this.#ready.source.id) ?? 0;
    const { state, message } = await this.#runToVerdict(cancelled);
    this.#progress.end(state, message, isoNow(this.#settings.clock));
  }

  async #runToVerdict(cancelled: AbortSignal): Promise<Verdict> {
    const ending = await this.#runToEnding(cancelled);
    const verdict = judge(ending, {
      stopped: this.#stopping.signal,
      cancelled,
      graceMs: this.#settings.limits.graceMs,
      partials: this.#partials,
      progress: this.#progress.snapshot(),
    });
    return await this.#store(verdict);
  }

  /** Lets the source run until it has ended or, having been told to stop, its grace is over. */
  async #runToEnding(cancelled: AbortSignal): Promise<Ending> {
    const { deadlineMs } = this.#bounds;
    const { graceMs } = this.#settings.limits;
    let grace: NodeJS.Timeout | undefined;
    this.#stopping.signal.addEventListener("abort", () => {
      if (this.#settled) return;
      grace = setTimeout(() => this.#abandon(), graceMs);
    });
    const deadline = setTimeout(
      () => this.#stopping.abort(scrapeDeadline(deadlineMs, MAX_DEADLINE_S * MS_PER_S)),
      deadlineMs,
    );
    const cancel = (): void => this.#stopping.abort(cancelled.reason);
    cancelled.addEventListener("abort", cancel);
    if (cancelled.aborted) cancel();
    const ending = await this.#scrape();
    this.#settled = true;
    clearTimeout(deadline);
    clearTimeout(grace);
    cancelled.removeEventListener("abort", cancel);
    return ending;
  }

  /** Ends it without asking. */
  #abandon(): void {
    this.#isAbandoned = true;
    this.#running?.end();
  }

  async #scrape(): Promise<Ending> {
    try {
      this.#stopping.signal.throwIfAborted();
      const { source, options, env } = this.#ready;
      const { signal } = this.#stopping;
      const { bounds } = this.#bounds;
      this.#running = source.scrape({ options, env, ports: this.#ports(), signal, bounds });
      await this.#running.ended;
      return { kind: "returned" };
    } catch (fault) {
      return this.#isAbandoned ? { kind: "abandoned" } : { kind: "threw", fault };
    }
  }

  /** Stores what still waits, whatever became of the source; marks the missing gone when it listed everything. */
  async #store(verdict: Verdict): Promise<Verdict> {
    try {
      await this.#batches.drain();
      return verdict.state === "complete" ? await this.#markGone(verdict) : verdict;
    } catch (error) {
      const problems = new Set([
        ...(verdict.state === "failed" && verdict.message !== null ? [verdict.message] : []),
        describeFault(error),
      ]);
      return { state: "failed", message: [...problems].join("; ") };
    }
  }

  /** Unless so many are missing that the origin is more likely at fault. */
  async #markGone(verdict: Verdict): Promise<Verdict> {
    const { store, held } = this.#settings;
    const { id } = this.#ready.source;
    const [before, listed] = [this.#before, this.#intake.listed()];
    if (await held.isHeld(id, { before, listed }))
      return { state: "partial", message: describeHeld({ before, listed: listed.size }) };
    this.#progress.markedGone(await store.markGone(id, listed));
    await held.settle(id);
    return verdict;
  }

  #ports(): HostPorts {
    const { signal } = this.#stopping;
    const log = {
      debug: this.#logAs("debug"),
      info: this.#logAs("info"),
      warn: this.#logAs("warn"),
      error: this.#logAs("error"),
    };
    const onRetry = (retry: Retry | null): void => this.#progress.retries(retry);
    return {
      transport: transportFor(this.#ready, this.#settings, { signal, log, onRetry }),
      emit: (camera) => handled(this.#emit(camera)),
      reject: (rawId, reason) => this.#hear("reject", () => this.#intake.reject(rawId, reason)),
      progress: (step) => this.#hear("progress", () => this.#progress.step(step)),
      partial: (reason) => this.#hear("partial", () => this.#notePartial(reason)),
      log: (level, message, fields) => this.#log.write(level, message, fields),
    };
  }

  #logAs(level: keyof Log): Log["debug"] {
    return (message, fields) => this.#log.write(level, message, fields);
  }

  async #emit(candidate: unknown): Promise<void> {
    if (this.#settled) return this.#warnLate("emit");
    this.#stopping.signal.throwIfAborted();
    try {
      const camera = this.#intake.accept(candidate);
      if (camera !== null) await this.#batches.add(camera);
      this.#emitted += 1;
      // A source that has its whole list in memory would keep everything else waiting until the last camera.
      if (this.#emitted % EMITS_PER_TURN === 0) await nextTurn();
    } catch (error) {
      this.#stopping.abort(error);
      throw error;
    }
  }

  #hear(call: string, act: () => void): void {
    if (this.#settled) return this.#warnLate(call);
    try {
      act();
    } catch (error) {
      this.#stopping.abort(error);
    }
  }

  #notePartial(reason: unknown): void {
    if (this.#partials.length < MAX_PARTIALS)
      this.#partials.push(typeof reason === "string" ? cutText(reason) : "no reason given");
  }

  #warnLate(call: string): void {
    if (this.#warnedLate) return;
    this.#warnedLate = true;
    this.#log.warn(`called ${call}() after its scrape had ended; this and what follows is ignored`);
  }
}
