import type { Log, LogFields } from "@argus/core";

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** How much is logged: this level and everything graver. */
export type LogLevel = (typeof LEVELS)[number];

// Control characters would let a stranger's text forge lines or drive the terminal.
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A log of one line per message: time, level, message, `key=value` pairs. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const least = LEVELS.indexOf(level);
  const at = (name: LogLevel) => (message: string, fields?: LogFields) => {
    if (LEVELS.indexOf(name) >= least) write(formatLine(name, message, fields ?? {}));
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function formatLine(level: LogLevel, message: string, fields: LogFields): string {
  const pairs = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${formatValue(value)}`],
  );
  return [new Date().toISOString(), level.padEnd(5), message.replace(UNSAFE, "?"), ...pairs].join(" ");
}

function formatValue(value: string | number | boolean | null): string {
  const text = String(value).replace(UNSAFE, "?");
  return /[\s"=]/u.test(text) ? JSON.stringify(text) : text;
}
