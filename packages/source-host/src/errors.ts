import { ArgusError } from "@argus/core/contract";

/** Sources that are being scraped, with the scrapes they are in; `details` has the first scrape, and all the sources. */
export function scrapeRunning(claims: readonly { sourceId: string; scrapeId: string }[]): ArgusError {
  const named = claims.map(({ sourceId, scrapeId }) => `"${sourceId}" in scrape ${scrapeId}`).join(", ");
  return new ArgusError(
    "ARGUS_SCRAPE_RUNNING",
    `already being scraped: ${named}; wait until that has ended, or cancel it`,
    {
      retryable: true,
      details: { scrape_id: claims[0]?.scrapeId, source_ids: claims.map(({ sourceId }) => sourceId) },
    },
  );
}

/** As many scrapes run as may. */
export function scrapeBusy(most: number): ArgusError {
  return new ArgusError(
    "ARGUS_SCRAPE_BUSY",
    `${most} scrapes are running, the most at once: wait until one has ended, or cancel them`,
    { retryable: true },
  );
}

/** A scrape that names no source. */
export function scrapeEmpty(): ArgusError {
  return new ArgusError("ARGUS_SCRAPE_EMPTY", "no source was named: name at least one installed source");
}

/** `details.ids` lists them. */
export function sourcesUnknown(ids: readonly string[]): ArgusError {
  const message = `no such source is installed: ${ids.join(", ")}; argus sources list tells which are`;
  return new ArgusError("ARGUS_SOURCE_UNKNOWN", message, { details: { ids } });
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

/** Why a source's signal is aborted when it takes too long; `maxMs` is the most that it can be given. */
export function scrapeDeadline(deadlineMs: number, maxMs: number): ArgusError {
  const given = `did not end within ${deadlineMs / 1000} s`;
  const mend =
    deadlineMs < maxMs
      ? `the most it is given: raise its option deadline_s (to ${maxMs / 1000} at most), or let it list less by its other options`
      : "the most a source can be given: let it list less by its options";
  return new ArgusError("ARGUS_SCRAPE_DEADLINE", `${given}, ${mend}`, { retryable: true });
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

/** What a source's process did against the rules between it and the host; the source fails with it. */
export function protocolBroken(what: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_PROTOCOL", `${what}; it was ended: look for a newer version of the source`);
}

/** A frame that says it is larger than any may be. */
export function frameBroken(what: string, bytes: number, maxBytes: number): ArgusError {
  return protocolBroken(`sent ${what} of ${bytes} bytes, more than the ${maxBytes} that are allowed`);
}

/** How a source's process came to its end before its work was done. */
export function processEnded(what: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_ENDED", what);
}

/** A source's process that cannot be started at all. */
export function processUnstartable(cause: unknown): ArgusError {
  return new ArgusError("ARGUS_SOURCE_UNSTARTABLE", "its process cannot be started", { cause, retryable: true });
}

/** Options that a source's schema does not take. */
export function optionsInvalid(problem: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_UNCONFIGURED", `its options are not valid: ${problem}`);
}

/** A declared name that leads into a network that is nobody's business. */
export function addressRefused(
  hostname: string,
  address: string,
  rule: (address: string) => string | null,
): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_ADDRESS_REFUSED",
    `${hostname} leads to ${address} (${rule(address) ?? "no address"}), where no source may ask; name a host of your own in the source's base_url to open it`,
  );
}

/** A source that cannot say where a camera's pictures are. */
export function resolvesNot(sourceId: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_RESOLVES_NOT",
    `source "${sourceId}" resolves no cameras: use their own addresses`,
  );
}

/** What a source said about a camera's pictures and may not be used. */
export function resolvedBadly(problem: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_RESOLVED_BADLY",
    `what the source says about this camera's pictures cannot be used: ${problem}`,
  );
}

export function resolveLate(ms: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_RESOLVE_LATE",
    `the source did not say within ${ms / 1000} s where the pictures are`,
    {
      retryable: true,
    },
  );
}

export function resolveBusy(sourceId: string, waiting: number): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_RESOLVE_BUSY",
    `${waiting} cameras of "${sourceId}" wait to be resolved already: look again in a moment`,
    { retryable: true },
  );
}

/** A source whose last listing nobody has to confirm. */
export function nothingHeld(sourceId: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_NOTHING_HELD",
    `nothing of "${sourceId}" waits to be confirmed: scrape it again, and confirm then if it is held`,
  );
}

/** Options that the app's settings hold; `details` names each. */
export function optionFixed(sourceId: string, names: readonly string[]): ArgusError {
  const message = `is set in [sources.${sourceId}] of the server's settings, and can only be changed there`;
  return new ArgusError("ARGUS_SOURCE_OPTION_FIXED", `${names.join(", ")} ${message}`, {
    details: names.map((path) => ({ path, message })),
  });
}

/** Options that a source's schema does not take, and that were therefore not set; `details` has each as path and message. */
export function optionsRefused(
  sourceId: string,
  problem: string,
  issues: readonly { path: string; message: string }[] = [],
): ArgusError {
  return new ArgusError("ARGUS_SOURCE_OPTIONS_INVALID", `the options of ${sourceId} are not valid: ${problem}`, {
    details: issues,
  });
}

/** A notice that does not exist. */
export function sourceHasNoNotice(sourceId: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_NO_NOTICE", `${sourceId} has no notice: leave accept_notice out`);
}

/** A source that is to be enabled and could not be run; the message says what to do first. */
export function sourceNotReady(sourceId: string, problem: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_NOT_READY", `${sourceId} cannot be enabled yet: ${problem}`);
}
