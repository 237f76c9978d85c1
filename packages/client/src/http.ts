import { type ArgusClientError, errorOf, isClientError, notArgus, timedOut, unreachable } from "./errors.ts";

const NO_CONTENT = 204;

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;
export type CallOptions = { signal?: AbortSignal | undefined };
export type Http = { baseUrl: string; fetch: Fetch; timeoutMs: number };

export type Call = CallOptions & {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  file?: { body: Blob | string; type: string };
  headers?: Readonly<Record<string, string>>;
};

/**
 * One JSON call.
 * @throws ArgusClientError; the signal's reason when the caller aborted.
 */
export async function callJson<Answer>(http: Http, path: string, options: Call = {}): Promise<Answer> {
  return call(http, path, options, async (response, url, signal) => (await readJson(response, url, signal)) as Answer);
}

/** The same for a call that is answered without a body. */
export async function callNothing(http: Http, path: string, options: Call = {}): Promise<void> {
  return call(http, path, options, async (response, url) => {
    if (response.status !== NO_CONTENT) throw notArgus(url, response.status);
  });
}

type Read<Answer> = (response: Response, url: string, signal: AbortSignal) => Promise<Answer>;

async function call<Answer>(http: Http, path: string, options: Call, read: Read<Answer>): Promise<Answer> {
  const url = http.baseUrl + path;
  const deadline = AbortSignal.timeout(http.timeoutMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
  try {
    const response = await http.fetch(url, { ...requestOf(options), signal });
    if (!response.ok) throw await errorOf(response);
    return await read(response, url, signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (deadline.aborted) throw timedOut(url, http.timeoutMs);
    throw asClientError(error, url);
  }
}

function requestOf({ method = "GET", body, file, headers }: Call): RequestInit {
  const accept = { accept: "application/json", ...headers };
  if (file !== undefined) return { method, headers: { ...accept, "content-type": file.type }, body: file.body };
  if (body === undefined) return { method, headers: accept };
  return { method, headers: { ...accept, "content-type": "application/json" }, body: JSON.stringify(body) };
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

/** The parameters as they follow a path. */
export function search(params: URLSearchParams): string {
  return params.size === 0 ? "" : `?${params}`;
}
