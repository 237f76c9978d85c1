import { type ArgusClientError, errorOf, isClientError, notArgus, timedOut, unreachable } from "./errors.ts";

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;
export type CallOptions = { signal?: AbortSignal | undefined };
export type Http = { baseUrl: string; fetch: Fetch; timeoutMs: number };

/**
 * One JSON call.
 * @throws ArgusClientError; the signal's reason when the caller aborted.
 */
export async function callJson<Answer>(
  http: Http,
  path: string,
  options: CallOptions & { method?: string; body?: unknown } = {},
): Promise<Answer> {
  const url = http.baseUrl + path;
  const deadline = AbortSignal.timeout(http.timeoutMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
  try {
    const response = await http.fetch(url, { ...requestOf(options), signal });
    if (!response.ok) throw await errorOf(response);
    return (await readJson(response, url, signal)) as Answer;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (deadline.aborted) throw timedOut(url, http.timeoutMs);
    throw asClientError(error, url);
  }
}

function requestOf({ method = "GET", body }: { method?: string; body?: unknown }): RequestInit {
  if (body === undefined) return { method, headers: { accept: "application/json" } };
  return {
    method,
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function readJson(response: Response, url: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    signal.throwIfAborted();
    // A body cut off in the middle is a lost connection; a whole one that is not JSON is another program.
    throw error instanceof SyntaxError ? notArgus(url, response.status, error) : error;
  }
}

/** A failure of `fetch` itself (a TypeError in every runtime) as an error of the client. */
export function asClientError(error: unknown, url: string): ArgusClientError {
  return isClientError(error) ? error : unreachable(url, error);
}
