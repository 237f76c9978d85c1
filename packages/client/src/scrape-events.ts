import type { Scrape } from "@argus/core";

import { ArgusClientError, errorOf, notArgus } from "./errors.ts";
import { EventStreamParser, type ServerEvent } from "./event-stream.ts";
import { asClientError, type Http } from "./http.ts";

export type Timing = { firstWaitMs: number; longestWaitMs: number; silenceMs: number };

// The server sends a heartbeat every 15 s; after three missed ones the connection is dead, whatever TCP says.
export const TIMING: Timing = { firstWaitMs: 500, longestWaitMs: 30_000, silenceMs: 45_000 };

export type ScrapeEventsOptions = {
  /** Ends the iteration, without an error. */
  signal?: AbortSignal;
  /** Called with what went wrong before each new attempt. */
  onReconnect?: (error: ArgusClientError, waitMs: number) => void;
};

/** One caller's feed, across connections. */
type Feed = { http: Http; url: string; timing: Timing; lastId: string; failures: number; firstWaitMs: number };

/**
 * The progress of scrapes for as long as the caller iterates: each value is a whole snapshot, of what runs (as
 * `currentScrape` has it) or of a scrape that has ended, under its own id. A lost connection is taken up again where it ended (Last-Event-ID), after a growing, jittered wait.
 * @throws ArgusClientError when the server refuses for good (a status that trying again does not change).
 */
export async function* scrapeEvents(
  http: Http,
  path: string,
  { signal, onReconnect }: ScrapeEventsOptions = {},
  timing: Timing = TIMING,
): AsyncGenerator<Scrape, void, undefined> {
  const { firstWaitMs } = timing;
  const feed: Feed = { http, url: http.baseUrl + path, timing, lastId: "", failures: 0, firstWaitMs };
  while (!isAborted(signal)) {
    try {
      yield* oneConnection(feed, signal);
    } catch (error) {
      if (isAborted(signal)) return;
      const problem = asClientError(error, feed.url);
      if (!problem.retryable) throw problem;
      const waitMs = nextWait(feed);
      onReconnect?.(problem, waitMs);
      await pause(waitMs, signal);
    }
  }
}

// A function, for the compiler would take the answer of the loop's head for granted further down.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** The events of one connection; it always ends in a throw. */
async function* oneConnection(feed: Feed, outer: AbortSignal | undefined): AsyncGenerator<Scrape, void, undefined> {
  const over = new AbortController();
  const signal = outer === undefined ? over.signal : AbortSignal.any([outer, over.signal]);
  const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => over.abort(), feed.timing.silenceMs);
  let timer = watch();
  try {
    for await (const events of readPieces(await open(feed, signal), feed)) {
      clearTimeout(timer);
      timer = watch();
      feed.failures = 0;
      for (const { id, event, data } of events) {
        feed.lastId = id;
        if (event === "progress") yield JSON.parse(data) as Scrape;
      }
    }
  } finally {
    clearTimeout(timer);
    over.abort();
  }
  throw new ArgusClientError("ARGUS_CLIENT_UNREACHABLE", `${feed.url} ended the event stream`, { retryable: true });
}

async function open({ http, url, lastId }: Feed, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: "text/event-stream" };
  if (lastId !== "") headers["last-event-id"] = lastId;
  const response = await http.fetch(url, { headers, signal, cache: "no-store" });
  if (!response.ok) throw await errorOf(response);
  const type = response.headers.get("content-type");
  if (type?.startsWith("text/event-stream") !== true) throw notArgus(url, response.status);
  return response;
}

async function* readPieces(response: Response, feed: Feed): AsyncGenerator<ServerEvent[], void, undefined> {
  if (response.body === null) return;
  const parser = new EventStreamParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // A reader and not `for await`: Safari's streams are not iterable.
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const events = parser.push(piece.value);
    feed.firstWaitMs = parser.notes.retryMs ?? feed.firstWaitMs;
    yield events;
  }
}

/** Doubles with each failure in a row; half of it is random, so that many pages do not come back at once. */
function nextWait(feed: Feed): number {
  const full = Math.min(feed.firstWaitMs * 2 ** feed.failures, feed.timing.longestWaitMs);
  feed.failures += 1;
  return Math.round(full / 2 + (Math.random() * full) / 2);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted === true) end();
  });
}
