import type { Scrape } from "@argus/core";
import { batch, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { type Problem, problemOf } from "./problem.ts";
import { hasStoredMore, isRunning, withoutEnded, withStarted } from "./scrape-progress.ts";

export type Connection = "connecting" | "connected" | "lost";

/** After a refusal that trying again at once does not change, in milliseconds. */
const REFUSED_WAIT_MS = 15_000;
/** How long after a lost connection's next attempt one looks whether it held. */
const RECHECK_MS = 400;
/** Scrapes that are known to have ended; the event stream tells of no more at once. */
const MAX_ENDED = 32;

type Calls = Pick<Api, "health" | "scrapeEvents" | "startScrape" | "cancelScrape">;

/** What is scraped, told by the server; and so, whether there is a server. */
export class ScrapeWatch {
  /** All that runs, as one scrape; or null. */
  readonly current: Signal<Scrape | null> = signal(null);
  /** The last scrape that has ended. */
  readonly last: Signal<Scrape | null> = signal(null);
  readonly connection: Signal<Connection> = signal("connecting");
  /** A start or a cancellation is under way. */
  readonly busy: Signal<boolean> = signal(false);
  readonly problem: Signal<Problem | null> = signal(null);

  readonly #api: Calls;
  /** Called when the registry's cameras may have changed; `ended` at a scrape's end. */
  readonly #onChange: (ended: boolean) => void;
  readonly #life = new AbortController();
  /** Their ids, the oldest first. */
  readonly #ended = new Set<string>();
  /** Whether anything was told yet. */
  #told = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Calls, onChange: (ended: boolean) => void) {
    this.#api = api;
    this.#onChange = onChange;
    void this.#follow();
  }

  /** Whether a scrape of these sources was started; if not, `problem` says why. */
  async start(sourceIds: readonly string[]): Promise<boolean> {
    return this.#act(async () => {
      const scrape = await this.#api.startScrape(sourceIds, { signal: this.#life.signal });
      // The stream may have told of it meanwhile, and of its end.
      if (this.current.peek()?.id === scrape.id || this.#ended.has(scrape.id)) return;
      this.#take(withStarted(this.current.peek(), scrape));
    });
  }

  async cancel(): Promise<boolean> {
    return this.#act(async () => this.#take(await this.#api.cancelScrape({ signal: this.#life.signal })));
  }

  dispose(): void {
    this.#life.abort();
    clearTimeout(this.#timer);
  }

  async #act(call: () => Promise<void>): Promise<boolean> {
    this.busy.value = true;
    this.problem.value = null;
    try {
      await call();
      return true;
    } catch (error) {
      if (!this.#life.signal.aborted) this.problem.value = problemOf(error);
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  async #follow(): Promise<void> {
    const { signal } = this.#life;
    this.#recheck(0);
    const onReconnect = (_error: Error, waitMs: number): void => this.#lose(waitMs + RECHECK_MS);
    try {
      for await (const scrape of this.#api.scrapeEvents({ signal, onReconnect })) {
        this.#take(scrape);
        this.#reached();
      }
    } catch {
      if (signal.aborted) return;
      this.#lose(REFUSED_WAIT_MS, () => void this.#follow());
    }
  }

  /** The server is there; whatever was missed while it was not has to be loaded anew. */
  #reached(): void {
    const back = this.connection.peek() === "lost";
    this.connection.value = "connected";
    if (back) this.#onChange(true);
  }

  #lose(recheckMs: number, then: () => void = () => this.#recheck(0)): void {
    this.connection.value = "lost";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, recheckMs);
  }

  // The event stream is silent while nothing is scraped, so a call tells whether the server is there.
  #recheck(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#api.health({ signal: this.#life.signal }).then(
        () => this.#reached(),
        () => {
          if (!this.#life.signal.aborted) this.connection.value = "lost";
        },
      );
    }, waitMs);
  }

  #take(scrape: Scrape): void {
    if (isRunning(scrape)) this.#move(scrape);
    else this.#end(scrape);
    this.#told = true;
  }

  #move(scrape: Scrape): void {
    const before = this.current.peek();
    this.current.value = scrape;
    if (hasStoredMore(scrape, before)) this.#onChange(false);
  }

  #end(scrape: Scrape): void {
    batch(() => {
      this.current.value = withoutEnded(this.current.peek(), scrape);
      this.last.value = scrape;
    });
    // One that had ended before the page was opened has changed nothing since.
    const isNews = this.#told && !this.#ended.has(scrape.id);
    this.#ended.add(scrape.id);
    const [oldest] = this.#ended;
    if (this.#ended.size > MAX_ENDED && oldest !== undefined) this.#ended.delete(oldest);
    if (isNews) this.#onChange(true);
  }
}
