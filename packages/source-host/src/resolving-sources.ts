import type { Log } from "@argus/core";
import type { ResolvableCamera } from "@argus/source-sdk";

import { hostClosed, protocolBroken } from "./errors.ts";
import type { HostPorts } from "./run-source.ts";
import { runBounds } from "./run-bounds.ts";
import { type ReadySource, type RunSettings, transportFor } from "./run-settings.ts";
import type { ResolvingCode, SourceCode } from "./source-code.ts";
import { SourceLog } from "./source-log.ts";

/** After so many cameras a process gives way to a new one: whatever a source piles up has an end. */
const MAX_CAMERAS = 500;
/** Processes that only wait; one more, and the one that has waited longest is ended. */
const MAX_IDLE = 4;

type Kept = { source: SourceCode; settings: string; code: ResolvingCode; cameras: number; idle: NodeJS.Timeout | null };

/**
 * Sources that say where cameras' pictures are, each in a process that stays for a while after it was last asked: who looks
 * at sixteen cameras of a source waits for one start.
 */
export class ResolvingSources implements AsyncDisposable {
  readonly #settings: RunSettings;
  // Those that wait are in the order in which they began to.
  readonly #kept = new Map<string, Kept>();
  readonly #ending = new Set<Promise<void>>();
  #isClosed = false;

  constructor(settings: RunSettings) {
    this.#settings = settings;
  }

  /**
   * What the source says about a camera; of one source one at a time. A process that ends takes no other camera with it:
   * when it was kept from before, the camera is asked of a new one.
   * @throws what the source fails of; the signal's reason, which ends the process.
   */
  async ask(ready: ReadySource, camera: ResolvableCamera, signal: AbortSignal): Promise<unknown> {
    for (;;) {
      signal.throwIfAborted();
      const kept = this.#take(ready);
      const isNew = kept.cameras === 0;
      kept.cameras += 1;
      try {
        return await askOne(kept.code, camera, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (isNew || !kept.code.isOver) throw error;
      } finally {
        this.#rest(ready.source.id, kept);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const [sourceId, kept] of this.#kept) this.#end(sourceId, kept);
    await Promise.all(this.#ending);
  }

  #take(ready: ReadySource): Kept {
    if (this.#isClosed) throw hostClosed();
    const { id } = ready.source;
    const settings = JSON.stringify([ready.options, ready.env, ready.allowance]);
    const known = this.#kept.get(id);
    if (known !== undefined && known.source === ready.source && known.settings === settings && isGood(known)) {
      if (known.idle !== null) clearTimeout(known.idle);
      known.idle = null;
      return known;
    }
    if (known !== undefined) this.#end(id, known);
    const kept = { source: ready.source, settings, code: this.#open(ready), cameras: 0, idle: null };
    this.#kept.set(id, kept);
    return kept;
  }

  #rest(sourceId: string, kept: Kept): void {
    if (this.#kept.get(sourceId) !== kept) return;
    if (!isGood(kept)) return this.#end(sourceId, kept);
    this.#kept.delete(sourceId);
    this.#kept.set(sourceId, kept);
    kept.idle = setTimeout(() => this.#end(sourceId, kept), this.#settings.limits.resolveIdleMs);
    const idle = [...this.#kept].filter(([, { idle: timer }]) => timer !== null);
    for (const [id, oldest] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE))) this.#end(id, oldest);
  }

  #end(sourceId: string, kept: Kept): void {
    if (kept.idle !== null) clearTimeout(kept.idle);
    this.#kept.delete(sourceId);
    kept.code.end();
  }

  #open(ready: ReadySource): ResolvingCode {
    const over = new AbortController();
    const { options, env } = ready;
    const ports = this.#ports(ready, over.signal);
    const code = ready.source.openResolving({
      options,
      env,
      ports,
      signal: over.signal,
      bounds: runBounds(ready.allowance, this.#settings).bounds,
    });
    const ended = code.ended.then(() => {
      // What it still asked for is of no use.
      over.abort(hostClosed());
      this.#ending.delete(ended);
    });
    this.#ending.add(ended);
    return code;
  }

  #ports(ready: ReadySource, signal: AbortSignal): HostPorts {
    const lines = new SourceLog(this.#settings.log, ready.source.id);
    const at =
      (level: keyof Log): Log["debug"] =>
      (message, fields) =>
        lines.write(level, message, fields);
    const log: Log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
    const forbid = (call: string) => (): never => {
      throw protocolBroken(`called ${call} while it resolved a camera`);
    };
    return {
      transport: transportFor(ready, this.#settings, { signal, log }),
      emit: async () => forbid("emit")(),
      reject: forbid("reject"),
      progress: forbid("progress"),
      partial: forbid("partial"),
      log: (level, message, fields) => lines.write(level, message, fields),
    };
  }
}

function isGood({ code, cameras }: Kept): boolean {
  return !code.isOver && cameras < MAX_CAMERAS;
}

/** Whoever stops waiting ends the code: nobody knows what it is at. */
async function askOne(code: ResolvingCode, camera: ResolvableCamera, signal: AbortSignal): Promise<unknown> {
  const end = (): void => code.end();
  signal.addEventListener("abort", end, { once: true });
  try {
    return await code.ask(camera);
  } finally {
    signal.removeEventListener("abort", end);
  }
}
