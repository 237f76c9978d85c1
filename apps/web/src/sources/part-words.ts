import type { ScrapedSource } from "@argus/core";

import { count } from "../format.ts";
import { isRunning } from "../models/scrape-progress.ts";
import type { Tone } from "./source-words.ts";

/** How a source's part of a scrape stands: short, for a row. */
export function partWords({ state }: ScrapedSource): { words: string; tone: Tone } {
  switch (state) {
    case "pending":
      return { words: "Waits for its turn", tone: "plain" };
    case "running":
      return { words: "Being read", tone: "busy" };
    case "complete":
      return { words: "Read", tone: "good" };
    case "partial":
      return { words: "Incomplete", tone: "warning" };
    case "cancelled":
      return { words: "Cancelled", tone: "warning" };
    default:
      return { words: "Failed", tone: "fault" };
  }
}

/** How far it is: steps, cameras, and what it says it does now. */
export function partMore(part: ScrapedSource): string[] {
  const { found, rejected, message, steps_done: done, steps_total: total } = part;
  return [
    ...(isRunning(part) && total !== null ? [`${count(done ?? 0)}/${count(total)}`] : []),
    ...(part.state === "pending" ? [] : [`${count(found)} found`]),
    ...(rejected > 0 ? [`${count(rejected)} turned away`] : []),
    ...(isRunning(part) && message !== null ? [message] : []),
  ];
}
