/** A request that has failed and is sent again. */
export type Retry = {
  /** Who is asked, by name and port: nothing of an address may be secret that is not in here. */
  host: string;
  /** What became of the last try: `503`, or words. */
  reason: string;
  /** Which try comes next. */
  next: number;
  /** How many tries there are. */
  most: number;
  /** Milliseconds until the next try; null when it has begun. */
  waitMs: number | null;
};

const MS_PER_S = 1000;

/** In words: `waits 4 s before trying api.example.org again: 503 (2 of 4)`. */
export function describeRetry({ host, reason, next, most, waitMs }: Retry): string {
  const what =
    waitMs === null
      ? `tries ${host} again`
      : `waits ${Math.max(1, Math.round(waitMs / MS_PER_S))} s before trying ${host} again`;
  return `${what}: ${reason} (${next} of ${most})`;
}

/** All requests of one transport that are sent again just now; tells of the one that something happened to last. */
export class Retries {
  readonly #tell: (retry: Retry | null) => void;
  // The one that something happened to last stands last.
  readonly #underWay = new Map<RequestRetries, Retry>();

  constructor(tell: (retry: Retry | null) => void) {
    this.#tell = tell;
  }

  /** For one request, to be disposed of when it has come to its end. */
  ofRequest(): RequestRetries {
    return new RequestRetries(this);
  }

  set(request: RequestRetries, retry: Retry): void {
    this.#underWay.delete(request);
    this.#underWay.set(request, retry);
    this.#tell(retry);
  }

  end(request: RequestRetries): void {
    if (this.#underWay.delete(request)) this.#tell([...this.#underWay.values()].at(-1) ?? null);
  }
}

/** What one request is at when it has failed once. */
export class RequestRetries implements Disposable {
  readonly #all: Retries;
  #retry: Retry | null = null;

  constructor(all: Retries) {
    this.#all = all;
  }

  waits(retry: Retry): void {
    this.#retry = retry;
    this.#all.set(this, retry);
  }

  /** The wait is over. */
  tries(): void {
    if (this.#retry !== null) this.#all.set(this, { ...this.#retry, waitMs: null });
  }

  [Symbol.dispose](): void {
    this.#all.end(this);
  }
}
