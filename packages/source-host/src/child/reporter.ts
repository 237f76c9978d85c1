import type { LogFields } from "@argus/core/contract";
import type { ScrapeContext } from "@argus/source-sdk";

import { cutText } from "../bounded-text.ts";
import { handled } from "../handled.ts";
import type { LogLevel, SourcePorts } from "../run-source.ts";
import { WIRE } from "../wire/bounds.ts";
import type { ToHost } from "../wire/to-host.ts";
import type { AskedOfHost } from "./asked.ts";
import type { Channel } from "./channel.ts";
import type { Outbox } from "./outbox.ts";

const MAX_TEXT = 1000;
const MAX_FIELDS = 20;
const MAX_PARTIALS = 100;

type Parts = { channel: Channel; outbox: Outbox; transport: AskedOfHost };

/** A running source's calls, as messages to the host: short ones, and no more of them than the host listens to. */
export class Reporter {
  readonly #parts: Parts;
  #logged = 0;
  #partials = 0;
  #step: Extract<ToHost, { t: "progress" }> | null = null;
  #stepTimer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  loaded(): void {
    this.#parts.channel.send({ t: "loaded" });
  }

  ports(options: ScrapeContext["options"], env: Readonly<Record<string, string>>): SourcePorts {
    const { outbox, transport } = this.#parts;
    return {
      options,
      env,
      transport,
      emit: (camera) => handled(outbox.emit(camera)),
      reject: (rawId, reason) => outbox.reject(rawId, reason),
      progress: (step) => this.#progress(step),
      partial: (reason) => this.#partial(reason),
      log: (level, message, fields) => this.#log(level, message, fields),
    };
  }

  /** Settles when all that was listed and told is on its way. */
  async flush(): Promise<void> {
    this.#sendStep();
    await this.#parts.outbox.flush();
  }

  #progress(step: unknown): void {
    const read = readStep(step);
    this.#step = { t: "progress", ...this.#step, ...read };
    this.#stepTimer ??= setTimeout(() => this.#sendStep(), WIRE.progressMs).unref();
  }

  #sendStep(): void {
    if (this.#stepTimer !== null) clearTimeout(this.#stepTimer);
    this.#stepTimer = null;
    if (this.#step !== null) this.#parts.channel.send(this.#step);
    this.#step = null;
  }

  #partial(reason: unknown): void {
    this.#partials += 1;
    if (this.#partials > MAX_PARTIALS) return;
    const text = typeof reason === "string" ? cutText(reason) : "no reason given";
    this.#parts.channel.send({ t: "partial", reason: text });
  }

  #log(level: LogLevel, message: unknown, fields: LogFields | undefined): void {
    this.#logged += 1;
    if (this.#logged > WIRE.logLines) return;
    const text = typeof message === "string" ? cutText(message, MAX_TEXT) : "(no text)";
    this.#parts.channel.send({ t: "log", level, message: text, fields: readFields(fields) });
  }
}

function readStep(step: unknown): Pick<Extract<ToHost, { t: "progress" }>, "done" | "total" | "message"> {
  try {
    const { done, total, message } = (step ?? {}) as Record<string, unknown>;
    return {
      ...(isCount(done) ? { done } : {}),
      ...(isCount(total) ? { total } : {}),
      ...(typeof message === "string" ? { message: cutText(message, MAX_TEXT) } : {}),
    };
  } catch {
    // A getter that throws.
    return {};
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function readFields(fields: LogFields | undefined): Record<string, string | number | boolean | null> {
  try {
    const entries = Object.entries(fields ?? {}).slice(0, MAX_FIELDS);
    return Object.fromEntries(entries.map(([name, value]) => [cutText(name, MAX_TEXT), readField(value)]));
  } catch {
    // A getter that throws.
    return {};
  }
}

function readField(value: unknown): string | number | boolean | null {
  if (typeof value === "string") return cutText(value, MAX_TEXT);
  return typeof value === "number" || typeof value === "boolean" || value === null ? value : `(${typeof value})`;
}
