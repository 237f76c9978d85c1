import { useEffect } from "preact/hooks";

/**
 * Puts the keyboard into the first of these elements that there is. A dialog does so when it opens, but it may be open
 * before its inside was loaded.
 */
export function useFirstFocus(ids: readonly string[]): void {
  useEffect(() => {
    const places = ids.map((id) => document.getElementById(id));
    places.find((place) => place !== null && !place.matches(":disabled"))?.focus();
  }, []);
}
