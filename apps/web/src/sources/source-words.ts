import type { SourceInfo } from "@argus/core";

import { duration } from "../format.ts";

const SOON_MS = 60_000;

/** How a source's state is to be taken at a glance. */
export type Tone = "plain" | "good" | "busy" | "warning" | "fault";

/** A source's state as people say it: short, for a row. */
export function stateWords(source: SourceInfo): { words: string; tone: Tone } {
  switch (source.state) {
    case "running":
      return { words: "Being read", tone: "busy" };
    case "broken":
      return { words: "Does not work", tone: "fault" };
    case "unconfigured":
      return { words: neededBy(source), tone: "warning" };
    case "paused":
      return { words: "Paused after failures", tone: "fault" };
    case "held":
      return { words: "Needs your word", tone: "warning" };
    case "failed":
      return { words: "Failed", tone: "fault" };
    default:
      return readyWords(source);
  }
}

function readyWords({ enabled, camera_count, last_scrape, message }: SourceInfo): ReturnType<typeof stateWords> {
  if (message !== null) return { words: "Incomplete", tone: "warning" };
  if (enabled) return { words: "Kept up to date", tone: "good" };
  return { words: camera_count > 0 || last_scrape !== null ? "Read on demand" : "Not read yet", tone: "plain" };
}

function neededBy({ missing_env, needs_notice }: SourceInfo): string {
  if (missing_env.length > 0) return `Needs ${missing_env.join(", ")}`;
  return needs_notice ? "Has a notice to accept" : "Needs settings";
}

/**
 * What went wrong with a source, for the line below its state; null where the state has said it all. (An unaccepted
 * notice is read in the source's settings, not in a row.)
 */
export function faultOf(source: SourceInfo): string | null {
  if (source.state === "running") return null;
  if (source.state === "unconfigured" && (source.needs_notice || source.missing_env.length > 0)) return null;
  // How often it failed, and when it is tried again, is said apart.
  return source.state === "paused" ? source.last_failure : source.message;
}

/** `read 12 min ago`, or `tried`, or `stopped` when it came to nothing; null when it never was. */
export function lastRead({ last_scrape: last }: Pick<SourceInfo, "last_scrape">, now: number): string | null {
  const at = last?.finished_at ?? null;
  if (last === null || at === null) return null;
  const done = last.state === "failed" ? "tried" : last.state === "cancelled" ? "stopped" : "read";
  const ago = now - Date.parse(at);
  return ago < SOON_MS ? `${done} just now` : `${done} ${duration(ago)} ago`;
}

/** `again in 48 min`, or null when it is not read by itself. */
export function nextRead({ next_run_at: at }: Pick<SourceInfo, "next_run_at">, now: number): string | null {
  if (at === null) return null;
  const left = Date.parse(at) - now;
  return left < SOON_MS ? "again any moment" : `again in ${duration(left)}`;
}

/** `every 10 min`, `every hour`: an interval in its largest unit that fits. */
export function everySeconds(seconds: number): string {
  const units: [size: number, name: string, one: string][] = [
    [86_400, "days", "day"],
    [3600, "hours", "hour"],
    [60, "min", "minute"],
  ];
  const [size, name, one] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, "s", "second"];
  return seconds === size ? `every ${one}` : `every ${seconds / size} ${name}`;
}
