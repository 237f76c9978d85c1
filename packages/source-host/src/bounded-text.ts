import { describeError, showValue } from "@argus/core/contract";

const MAX_MESSAGE = 500;
const MAX_SHOWN_ID = 120;
const CONTROL = /\p{Cc}+/gu;

/** A stranger's text as it may be kept and shown: one line, well-formed, at most `max` characters and an ellipsis. */
export function cutText(text: string, max: number = MAX_MESSAGE): string {
  // Through bytes: a plain slice would keep the whole text in memory, and may hold half a character.
  const kept = Buffer.from(text.slice(0, max), "utf8").toString("utf8").replace(CONTROL, " ").trim();
  return text.length > max ? `${kept}…` : kept;
}

/** What a stranger's code threw, as one line; survives errors that throw when they are read. */
export function describeFault(fault: unknown): string {
  try {
    if (fault instanceof Error) return cutText(describeError(fault) + whatWasDenied(fault));
    return cutText(`threw ${typeof fault === "string" ? fault : showValue(fault)}, which is no error`);
  } catch {
    return "threw an error that cannot be read";
  }
}

/** Node's permission model says what it refused beside its message. */
function whatWasDenied(fault: Error): string {
  const { permission, resource } = fault as { permission?: unknown; resource?: unknown };
  return typeof permission === "string" && typeof resource === "string" ? ` (${permission} ${resource})` : "";
}

/** The id a stranger gave, as it may be shown. */
export function showId(id: unknown): string {
  if (typeof id === "string") return cutText(id, MAX_SHOWN_ID);
  return typeof id === "number" || typeof id === "bigint"
    ? String(id).slice(0, MAX_SHOWN_ID)
    : `(${id === undefined ? "none" : typeof id})`;
}
