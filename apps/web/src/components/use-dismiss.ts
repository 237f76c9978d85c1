import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Calls `close` on Escape and on a press outside of `inside`, for as long as `open`. */
export function useDismiss(inside: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const life = new AbortController();
    const { signal } = life;
    const onPress = (event: Event): void => {
      if (event.target instanceof Node && inside.current?.contains(event.target) !== true) close();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      // The button that opened it is where the keyboard was.
      inside.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus();
      close();
    };
    document.addEventListener("pointerdown", onPress, { signal, capture: true });
    document.addEventListener("keydown", onKey, { signal });
    return () => life.abort();
  }, [open]);
}
