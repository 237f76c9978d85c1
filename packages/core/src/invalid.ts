import type { z } from "zod";

import { ArgusError, type ArgusErrorCode } from "./errors.ts";

const MAX_ISSUES = 5;
const MAX_SHOWN_VALUE = 80;

/** A value as it may stand in a message: JSON, cut short. */
export function showValue(value: unknown): string {
  const shown = typeof value === "string" ? JSON.stringify(value.slice(0, MAX_SHOWN_VALUE * 2)) : safeJson(value);
  return shown.length > MAX_SHOWN_VALUE ? `${shown.slice(0, MAX_SHOWN_VALUE)}…` : shown;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Circular or hostile toJSON: the type is all that can be said.
    return `[${typeof value}]`;
  }
}

/** `field: what is wrong` for the first few issues of a failed parse. */
export function describeIssues(error: z.ZodError): string {
  const lines = error.issues.slice(0, MAX_ISSUES).map((issue) => {
    const path = issue.path.map(String).join(".");
    return path === "" ? issue.message : `${path}: ${issue.message}`;
  });
  const rest = error.issues.length - lines.length;
  return rest > 0 ? `${lines.join("; ")}; and ${rest} more` : lines.join("; ");
}

/**
 * Parses a stranger's value, or throws an ArgusError with `code` that names `what` and every wrong field.
 * @throws ArgusError with the given code; `details` holds the zod issues.
 */
export function parseOrThrow<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
  code: ArgusErrorCode,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ArgusError(code, `${what} is not valid: ${describeIssues(parsed.error)}`, {
    details: parsed.error.issues
      .slice(0, MAX_ISSUES)
      .map(({ path, message }) => ({ path: path.map(String).join("."), message })),
  });
}
