import { ArgusError, type ArgusErrorCode, isArgusError } from "@argus/core/contract";

import { describeFault } from "../bounded-text.ts";
import type { WireError } from "./to-child.ts";

const CODE = /^ARGUS_[A-Z0-9_]{1,90}$/u;
const PLAIN_FAULT: ArgusErrorCode = "ARGUS_SOURCE_FAILED";

/** An error as it crosses to the other process. */
export function toWire(error: unknown): WireError {
  const known = isArgusError(error);
  return {
    code: known ? error.code : PLAIN_FAULT,
    message: describeFault(error),
    retryable: known && error.retryable,
    details: known ? error.details : undefined,
  };
}

/** The error that crossed; its code only when it looks like one. */
export function fromWire(error: {
  code: string | null;
  message: string;
  retryable: boolean;
  details?: unknown;
}): ArgusError {
  const { message, retryable, details } = error;
  return new ArgusError(isCode(error.code) ? error.code : PLAIN_FAULT, message, { retryable, details });
}

function isCode(code: string | null): code is ArgusErrorCode {
  return code !== null && CODE.test(code);
}
