import { isArgusError } from "@argus/core";

import type { Answer, HopRequest } from "./answer.ts";
import { unreachable } from "./errors.ts";

/** Answers for a host inside the process; the request's signal aborts when nobody wants the answer any more. */
export type OriginHandler = (request: Request) => Promise<Response>;

/** One GET answered by a source's own origin: no name is resolved and no socket opened. */
export async function requestOrigin(
  handler: OriginHandler,
  url: URL,
  { headers, signal }: HopRequest,
): Promise<Answer> {
  const ended = new AbortController();
  const request = new Request(url, {
    headers: { ...headers },
    redirect: "manual",
    signal: AbortSignal.any([signal, ended.signal]),
  });
  const response = await askHandler(handler, request);
  const reader = response.body?.getReader();
  const close = (): void => {
    ended.abort();
    // It may have failed already; then there is nothing left to give back.
    reader?.cancel().catch(() => undefined);
  };
  return {
    url,
    status: response.status,
    header: (name) => response.headers.get(name),
    body: readAll(reader, url.host),
    close,
  };
}

async function askHandler(handler: OriginHandler, request: Request): Promise<Response> {
  try {
    return await handler(request);
  } catch (error) {
    throw failed(new URL(request.url).host, error);
  }
}

async function* readAll(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  host: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const step = await readOne(reader, host);
    if (step === null) return;
    yield step;
  }
}

async function readOne(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  host: string,
): Promise<Uint8Array | null> {
  try {
    const step = await reader?.read();
    return step === undefined || step.done ? null : step.value;
  } catch (error) {
    throw failed(host, error);
  }
}

function failed(host: string, error: unknown): Error {
  if (isArgusError(error)) return error;
  return unreachable(host, `could not answer (${error instanceof Error ? error.message : "its source failed"})`, {
    cause: error,
  });
}
