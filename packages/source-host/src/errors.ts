import { ArgusError } from "@argus/core";

/** Only one scrape runs at a time. */
export function scrapeRunning(scrapeId: string): ArgusError {
  return new ArgusError(
    "ARGUS_SCRAPE_RUNNING",
    `scrape ${scrapeId} is running: wait until it has ended, or cancel it`,
    {
      retryable: true,
      details: { scrape_id: scrapeId },
    },
  );
}

/** A scrape that names no source. */
export function scrapeEmpty(): ArgusError {
  return new ArgusError("ARGUS_SCRAPE_EMPTY", "no source was named: name at least one installed source");
}

/** `details.ids` lists them. */
export function sourcesUnknown(ids: readonly string[]): ArgusError {
  return new ArgusError("ARGUS_SOURCE_UNKNOWN", `no such source is installed: ${ids.join(", ")}`, { details: { ids } });
}

/** `details.ids` lists them; the message says of each why it did not load. */
export function sourcesBroken(problems: ReadonlyMap<string, string>): ArgusError {
  return new ArgusError("ARGUS_SOURCE_BROKEN", listProblems(problems), { details: { ids: [...problems.keys()] } });
}

/** `details.ids` lists them; the message says of each what is to be set. */
export function sourcesUnconfigured(problems: ReadonlyMap<string, string>): ArgusError {
  return new ArgusError("ARGUS_SOURCE_UNCONFIGURED", listProblems(problems), {
    details: { ids: [...problems.keys()] },
  });
}

function listProblems(problems: ReadonlyMap<string, string>): string {
  return [...problems].map(([id, problem]) => `${id}: ${problem}`).join("; ");
}

/** Why a source's signal is aborted when somebody cancels the scrape. */
export function scrapeCancelled(): ArgusError {
  return new ArgusError("ARGUS_SCRAPE_CANCELLED", "the scrape was cancelled");
}

/** Why a source's signal is aborted when it takes too long. */
export function scrapeDeadline(deadlineMs: number): ArgusError {
  return new ArgusError(
    "ARGUS_SCRAPE_DEADLINE",
    `did not end within ${deadlineMs / 1000} s, the most one source is given`,
    { retryable: true },
  );
}

/** More cameras than any origin has. */
export function scrapeFlooded(maxCameras: number): ArgusError {
  return new ArgusError("ARGUS_SCRAPE_FLOODED", `listed more than ${maxCameras} cameras, the most one source may list`);
}

/** A source that fills the queue faster than the store empties it. */
export function emitNotAwaited(waiting: number): ArgusError {
  return new ArgusError("ARGUS_SCRAPE_FLOODED", `${waiting} cameras wait to be stored: the source must await emit()`);
}

export function hostClosed(): ArgusError {
  return new ArgusError("ARGUS_SOURCE_HOST_CLOSED", "the source host is closed and starts nothing any more");
}

/** The app's own package.json, which names the sources, cannot be read. */
export function appUnreadable(path: string, cause: unknown): ArgusError {
  return new ArgusError("ARGUS_SOURCE_APP_UNREADABLE", `cannot read the app's dependencies from ${path}`, { cause });
}

/** A package that cannot be used as a source; the message says what is wrong with it. */
export function sourceBroken(problem: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_SOURCE_BROKEN", problem, { cause });
}

/** A source written for another version of the contract. */
export function apiVersionMismatch(found: unknown, supported: number): ArgusError {
  const shown = typeof found === "number" ? String(found) : "none";
  const mend =
    typeof found === "number" && found > supported ? "update Argus, or install an older version of it" : "update it";
  return sourceBroken(
    `it is written for source API version ${shown}, and this host supports version ${supported}: ${mend}`,
  );
}
