/** Something that went wrong, as the page shows it: what, its code, and what to do about it. */
export type Problem = { message: string; code: string | null; advice: string | null };

/** What a person can do, by the code's beginning; the longest that fits is taken. */
const ADVICE: readonly (readonly [code: string, advice: string])[] = [
  ["ARGUS_CLIENT_UNREACHABLE", "Check that the Argus server is running, then try again."],
  ["ARGUS_CLIENT_TIMEOUT", "The server is busy or stuck. Try again; if it lasts, look at its log."],
  ["ARGUS_HEALTH_NOT_READY", "The server is still starting. Try again in a moment."],
  ["ARGUS_STREAM_BUSY", "Too many cameras are open. Close another view, then try again."],
  ["ARGUS_STREAM_UNREACHABLE", "The camera's origin does not answer. It may be down; try again later."],
  ["ARGUS_STREAM_TIMEOUT", "The camera's origin is too slow. Try again, or open it at its origin."],
  ["ARGUS_STREAM_STATUS", "The camera's origin refuses. It may have moved; a new scrape may find it."],
  ["ARGUS_STREAM_NOT_JPEG", "The origin sends something else than a picture. Open it at its origin to see what."],
  ["ARGUS_CAMERA_UNKNOWN", "It may have been removed. Choose another camera from the list."],
  ["ARGUS_SCRAPE_RUNNING", "Wait until it has been read, or cancel the scrape."],
  ["ARGUS_SCRAPE_BUSY", "Wait until one of them has ended, or cancel them."],
  ["ARGUS_STORE_CURSOR_INVALID", "The list has changed meanwhile. Load it again."],
];

export function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
  // Nobody wants to be told twice.
  const told = /try again/iu.test(message);
  const advice = code === null || told ? null : (ADVICE.find(([start]) => code.startsWith(start))?.[1] ?? null);
  return { message: sentence(message), code, advice };
}

/** A text as a sentence of its own. */
export function sentence(text: string): string {
  // Names, addresses and ids stay as they are written.
  const start = /^[a-z]+[,.:!?…]?(?:\s|$)/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?…]$/u.test(start) || start === "" ? start : `${start}.`;
}
