/** `own`, or a slug that begins with `own-`. */
export const OWN_SOURCE: RegExp = /^own(?:-|$)/u;

/** The source of cameras that somebody brings along, unless they name another. */
export const OWN_SOURCE_ID = "own";

/** True for cameras that were imported, which their owner may also remove. */
export function isOwnSource(sourceId: string): boolean {
  return OWN_SOURCE.test(sourceId);
}
