import type { Log, LogFields } from "@argus/core";

import { cutText } from "./bounded-text.ts";
import type { LogLevel } from "./run-source.ts";

const MAX_LINES = 1000;
const MAX_LINE = 1000;
const MAX_FIELDS = 20;
const MAX_FIELD = 200;

/** Writes what one source logs in one scrape: short, with its id, and no more than a thousand lines. */
export class SourceLog {
  readonly #log: Log;
  readonly #sourceId: string;
  #lines = 0;

  constructor(log: Log, sourceId: string) {
    this.#log = log;
    this.#sourceId = sourceId;
  }

  write(level: LogLevel, message: unknown, fields: LogFields | undefined): void {
    this.#lines += 1;
    if (this.#lines > MAX_LINES) return;
    const text = typeof message === "string" ? cutText(message, MAX_LINE) : "(no text)";
    this.#log[level](text, { ...cutFields(fields), source: this.#sourceId });
    if (this.#lines === MAX_LINES) this.warn(`logged ${MAX_LINES} lines; the rest of this scrape is not written`);
  }

  /** What the host itself has to say about the source. */
  warn(message: string): void {
    this.#log.warn(message, { source: this.#sourceId });
  }
}

function cutFields(fields: LogFields | undefined): LogFields {
  try {
    const entries = Object.entries(fields ?? {}).slice(0, MAX_FIELDS);
    return Object.fromEntries(entries.map(([key, value]) => [cutText(key, MAX_FIELD), cutField(value)]));
  } catch {
    // A getter that throws.
    return {};
  }
}

// A source need not be written in TypeScript: anything may stand here.
function cutField(value: unknown): string | number | boolean | null {
  if (typeof value === "string") return cutText(value, MAX_FIELD);
  return typeof value === "number" || typeof value === "boolean" || value === null ? value : `(${typeof value})`;
}
