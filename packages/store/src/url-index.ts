import type { Camera } from "@argus/core";

/** Which cameras have a URL. Most URLs belong to one camera, so only shared ones cost a set. */
export class UrlIndex {
  readonly #ids = new Map<string, string | Set<string>>();

  add(camera: Camera): void {
    for (const url of urlsOf(camera)) {
      const held = this.#ids.get(url);
      if (held === undefined) this.#ids.set(url, camera.id);
      else if (held instanceof Set) held.add(camera.id);
      else if (held !== camera.id) this.#ids.set(url, new Set([held, camera.id]));
    }
  }

  remove(camera: Camera): void {
    for (const url of urlsOf(camera)) {
      const held = this.#ids.get(url);
      if (held === camera.id) this.#ids.delete(url);
      else if (held instanceof Set && held.delete(camera.id) && held.size === 0) this.#ids.delete(url);
    }
  }

  /** Ids of the cameras with exactly this URL. */
  get(url: string): Iterable<string> {
    const held = this.#ids.get(url);
    if (held === undefined) return [];
    return typeof held === "string" ? [held] : held;
  }
}

function urlsOf({ stream_url, snapshot_url }: Camera): string[] {
  return [stream_url, snapshot_url].filter((url) => url !== null);
}
