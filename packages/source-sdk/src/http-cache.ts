const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_ENTRIES = 1000;

/** An answer as it was kept, with what lets the origin say that it still holds. */
export type CachedAnswer = {
  etag: string | null;
  last_modified: string | null;
  content_type: string | null;
  body: Uint8Array;
};

/** Where answers are kept. The key is a hash of the request and shows nothing of it. What throws is as good as empty. */
export type HttpCache = {
  get(key: string): CachedAnswer | null | Promise<CachedAnswer | null>;
  set(key: string, answer: CachedAnswer): void | Promise<void>;
};

/** A cache in memory: what was not used for longest goes first. Default: 64 MiB and 1000 answers. */
export function memoryHttpCache(limits: { maxBytes?: number; maxEntries?: number } = {}): HttpCache {
  const { maxBytes = DEFAULT_MAX_BYTES, maxEntries = DEFAULT_MAX_ENTRIES } = limits;
  const answers = new Map<string, CachedAnswer>();
  let bytes = 0;

  const drop = (key: string): void => {
    bytes -= answers.get(key)?.body.byteLength ?? 0;
    answers.delete(key);
  };
  return {
    get(key) {
      const answer = answers.get(key);
      if (answer === undefined) return null;
      answers.delete(key);
      answers.set(key, answer);
      return answer;
    },
    set(key, answer) {
      drop(key);
      if (answer.body.byteLength > maxBytes) return;
      answers.set(key, answer);
      bytes += answer.body.byteLength;
      for (const oldest of answers.keys()) {
        if (bytes <= maxBytes && answers.size <= maxEntries) break;
        drop(oldest);
      }
    },
  };
}
