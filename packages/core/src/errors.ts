/** Every code an Argus error carries: `ARGUS_<AREA>_<WHAT>`. Stable; programs test this and not the class. */
export type ArgusErrorCode = `ARGUS_${Uppercase<string>}`;

export type ArgusErrorOptions = {
  /** Whether the same call may succeed later without anybody changing anything. Default: false. */
  retryable?: boolean;
  cause?: unknown;
  /** Machine-readable particulars: the field, the value's length, the id. Never a secret. */
  details?: unknown;
};

/** The base of every error Argus raises. The message names the value at fault and what mends it. */
export class ArgusError extends Error {
  override readonly name: string = "ArgusError";
  readonly code: ArgusErrorCode;
  readonly retryable: boolean;
  readonly details: unknown;

  constructor(code: ArgusErrorCode, message: string, options: ArgusErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }
}

/** True for an Argus error from any copy of this package, which `instanceof` is not. */
export function isArgusError(error: unknown): error is ArgusError {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("ARGUS_") &&
    "retryable" in error
  );
}

const MAX_CAUSES = 5;

/** One line for a person: the error's message and those of its causes, outermost first. */
export function describeError(error: unknown): string {
  const messages = new Set<string>();
  let current = error;
  // Counted, for an error may be its own cause.
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined; depth += 1) {
    messages.add(messageOf(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  messages.delete("");
  return [...messages].join(": ") || "unknown error";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
