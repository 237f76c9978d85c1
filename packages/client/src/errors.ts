import type { ArgusError, ArgusErrorCode, ErrorAnswer } from "@argus/core";

const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);
const MAX_SHOWN = 200;

/**
 * What every call of the client fails with. It is core's `ArgusError` in shape (test `code`), declared here because
 * core's class would bring zod into a page's bundle.
 *
 * Codes of its own: `ARGUS_CLIENT_UNREACHABLE` (no answer; retryable), `ARGUS_CLIENT_TIMEOUT` (retryable),
 * `ARGUS_CLIENT_ANSWER_INVALID` (something other than Argus answered). All others are the server's.
 */
export class ArgusClientError extends Error implements ArgusError {
  override readonly name: string = "ArgusError";
  readonly code: ArgusErrorCode;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly details: unknown;
  /** The answer's HTTP status; 0 when there was none. */
  readonly status: number;

  constructor(
    code: ArgusErrorCode,
    message: string,
    options: { status?: number; retryable?: boolean; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
    this.status = options.status ?? 0;
  }
}

export function isClientError(error: unknown): error is ArgusClientError {
  return error instanceof ArgusClientError;
}

export function unreachable(url: string, cause: unknown): ArgusClientError {
  return new ArgusClientError(
    "ARGUS_CLIENT_UNREACHABLE",
    `no answer from ${shorten(url)}: is the Argus server running there?`,
    { retryable: true, cause },
  );
}

export function timedOut(url: string, timeoutMs: number): ArgusClientError {
  return new ArgusClientError("ARGUS_CLIENT_TIMEOUT", `${shorten(url)} did not answer within ${timeoutMs} ms`, {
    retryable: true,
  });
}

export function notArgus(url: string, status: number, cause?: unknown): ArgusClientError {
  const message = `${shorten(url)} answered ${status} with something that is not an Argus answer: check the address`;
  return new ArgusClientError("ARGUS_CLIENT_ANSWER_INVALID", message, {
    status,
    retryable: RETRYABLE_STATUSES.has(status),
    cause,
  });
}

/** The error an answer with an error status carries. */
export async function errorOf(response: Response): Promise<ArgusClientError> {
  const body: unknown = await response.json().catch(() => null);
  if (!isErrorAnswer(body)) return notArgus(response.url, response.status);
  const { code, message, details } = body.error;
  const retryable = RETRYABLE_STATUSES.has(response.status);
  return new ArgusClientError(code as ArgusErrorCode, message, { status: response.status, retryable, details });
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error)) return false;
  return typeof error.code === "string" && error.code.startsWith("ARGUS_") && typeof error.message === "string";
}

function shorten(url: string): string {
  return url.length > MAX_SHOWN ? `${url.slice(0, MAX_SHOWN)}…` : url;
}
