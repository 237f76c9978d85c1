import type { Scrape } from "@argus/core";

import { ArgusClientError, errorOf, notArgus } from "./errors.ts";
import { EventStreamParser, type ServerEvent } from "./event-stream.ts";
import { asClientError, type Http } from "./http.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
// The server sends a heartbeat every 15 s; after three missed ones the connection is dead, whatever TCP says.
const SILENCE_MS = 45_000;

export type ScrapeEventsOptions = {
  /** Ends the iteration, without an error. */
  signal?: AbortSignal;
  /** Called with what went wrong before each new attempt. */
  onReconnect?: (error: ArgusClientError, waitMs: number) => void;
};

type Position = { lastId: string; failures: number; firstWaitMs: number };

/**
 * The running scrape's progress for as long as the caller iterates: each value is a whole snapshot. A lost connection
 * is taken up again where it ended (Last-Event-ID), after a growing, jittered wait.
 * @throws ArgusClientError when the server refuses for good (a status that trying again does not change).
 */
export async function* scrapeEvents(
  http: Http,
  path: string,
  options: ScrapeEventsOptions = {},
): AsyncGenerator<Scrape, void, undefined> {
  const { signal } = options;
  const position: Position = { lastId: "", failures: 0, firstWaitMs: FIRST_WAIT_MS };
  const url = http.baseUrl + path;
  while (!isAborted(signal)) {
    try {
      yield* oneConnection(http, url, position, signal);
    } catch (error) {
      if (isAborted(signal)) return;
      const problem = asClientError(error, url);
      if (!problem.retryable) throw problem;
      const waitMs = waitOf(position);
      options.onReconnect?.(problem, waitMs);
      await pause(waitMs, signal);
    }
  }
}

// A function, for the compiler would take the answer of the loop's head for granted further down.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** The events of one connection; it always ends in a throw. */
async function* oneConnection(
  http: Http,
  url: string,
  position: Position,
  outer: AbortSignal | undefined,
): AsyncGenerator<Scrape, void, undefined> {
  const silence = new AbortController();
  const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => silence.abort(), SILENCE_MS);
  let timer = watch();
  try {
    const response = await open(
      http,
      url,
      position.lastId,
      outer === undefined ? silence.signal : AbortSignal.any([outer, silence.signal]),
    );
    for await (const events of readPieces(response, position)) {
      clearTimeout(timer);
      timer = watch();
      position.failures = 0;
      for (const { id, event, data } of events) {
        position.lastId = id;
        if (event === "progress") yield JSON.parse(data) as Scrape;
      }
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
  throw new ArgusClientError("ARGUS_CLIENT_UNREACHABLE", `${url} ended the event stream`, { retryable: true });
}

async function open(http: Http, url: string, lastId: string, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: "text/event-stream" };
  if (lastId !== "") headers["last-event-id"] = lastId;
  const response = await http.fetch(url, { headers, signal, cache: "no-store" });
  if (!response.ok) throw await errorOf(response);
  if (response.headers.get("content-type")?.startsWith("text/event-stream") !== true)
    throw notArgus(url, response.status);
  return response;
}

async function* readPieces(response: Response, position: Position): AsyncGenerator<ServerEvent[], void, undefined> {
  if (response.body === null) return;
  const parser = new EventStreamParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  // A reader and not `for await`: Safari's streams are not iterable.
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const events = parser.push(piece.value);
    position.firstWaitMs = parser.notes.retryMs ?? position.firstWaitMs;
    yield events;
  }
}

/** Doubles with each failure in a row; half of it is random, so that many pages do not come back at once. */
function waitOf(position: Position): number {
  const full = Math.min(position.firstWaitMs * 2 ** position.failures, LONGEST_WAIT_MS);
  position.failures += 1;
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
