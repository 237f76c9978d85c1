import { isArgusError, type ArgusError } from "@argus/core";

import { timedOut, unreachable } from "./errors.ts";

const MAX_CAUSES = 5;

const MEANINGS: Readonly<Record<string, string>> = {
  ENOTFOUND: "has no address: its name cannot be resolved",
  EAI_AGAIN: "has a name that cannot be resolved at present",
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "broke the connection off",
  EPIPE: "broke the connection off",
  ERR_STREAM_PREMATURE_CLOSE: "broke the connection off",
  EPROTO: "does not speak TLS on that port",
  EHOSTUNREACH: "cannot be reached: there is no route to it",
  ENETUNREACH: "cannot be reached: there is no route to it",
};

/** What a failed request means to a person. An Argus error among the causes (a blocked address) is the answer itself. */
export function describeNetworkError(host: string, error: unknown, connectMs: number): ArgusError {
  const causes = causesOf(error);
  const known = causes.find((cause) => isArgusError(cause));
  if (known !== undefined) return known;
  // got wraps what happened in codes of its own; the innermost says it.
  const code = causes.findLast(hasCode)?.code ?? "";
  if (code === "ETIMEDOUT") return timedOut(host, "did not accept a connection", connectMs);
  if (code.startsWith("HPE_")) return unreachable(host, `does not speak valid HTTP (${code})`, { cause: error });
  if (isCertificateCode(code))
    return unreachable(host, `has a certificate that is not trusted (${code})`, { cause: error, retryable: false });
  if (/^Z_|^ERR_+(?:BROTLI|ZSTD|ERROR_FORMAT)/u.test(code))
    return unreachable(host, `sent a body that cannot be decompressed (${code})`, { cause: error });
  return unreachable(host, MEANINGS[code] ?? `could not be read (${code || "unknown error"})`, { cause: error });
}

/** OpenSSL's verification codes and Node's own for a name that does not match. */
function isCertificateCode(code: string): boolean {
  return /CERT|^ERR_TLS_|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_SSL_/u.test(code);
}

function hasCode(error: Error): error is Error & { code: string } {
  return "code" in error && typeof error.code === "string";
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < MAX_CAUSES) {
    causes.push(current);
    current = current.cause;
  }
  return causes;
}
