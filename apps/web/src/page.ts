import { signal } from "@preact/signals";

import type { Surroundings } from "./models/app.ts";
import { NARROW_QUERY } from "./models/layout.ts";
import { browserMemory } from "./models/memory.ts";

/** The browser's window, as the app wants it; `onAddress` is called when the address is changed by hand. */
export function watchWindow(onAddress: () => void): Surroundings & { dispose(): void } {
  const query = window.matchMedia(NARROW_QUERY);
  const width = signal(window.innerWidth);
  const narrow = signal(query.matches);
  const visible = signal(!document.hidden);
  const life = new AbortController();
  const { signal: alive } = life;
  window.addEventListener("resize", () => (width.value = window.innerWidth), { signal: alive });
  query.addEventListener("change", () => (narrow.value = query.matches), { signal: alive });
  document.addEventListener("visibilitychange", () => (visible.value = !document.hidden), { signal: alive });
  window.addEventListener("hashchange", onAddress, { signal: alive });
  const address = {
    read: () => window.location.hash,
    // Replaced and not pushed: a day's looking round would otherwise be a hundred steps back.
    write: (hash: string) => window.history.replaceState(null, "", hash === "" ? window.location.pathname : hash),
  };
  return {
    memory: browserMemory(() => window.localStorage),
    address,
    width,
    narrow,
    visible,
    dispose: () => life.abort(),
  };
}
