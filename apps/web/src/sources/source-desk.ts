import type { SourceChange, SourceConfirmed, SourceDetails } from "@argus/core";
import { batch, effect, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { counted } from "../format.ts";
import { Latest } from "../models/latest.ts";
import type { Messages } from "../models/messages.ts";
import { type Problem, problemOf } from "../models/problem.ts";
import type { Registry } from "../models/registry.ts";
import type { ScrapeWatch } from "../models/scrape-watch.ts";
import { type Draft, readDrafts } from "./option-drafts.ts";
import { fieldsOf } from "./option-fields.ts";
import { type Refusal, refusalOf } from "./option-problems.ts";
import { UnsavedOptions } from "./unsaved-options.ts";

type Calls = Pick<Api, "source" | "changeSource" | "resetSource" | "confirmSource">;
/** What is being done to a source. */
export type SourceAction = "enabled" | "notice" | "options" | "confirm" | "retry";

export type DeskParts = {
  api: Calls;
  registry: Pick<Registry, "sources" | "refresh" | "nameOf">;
  scrape: Pick<ScrapeWatch, "start">;
  messages: Pick<Messages, "fail">;
  /** Loads the cameras anew, wherever they are shown. */
  reload: () => void;
};

/** One source, opened to be looked into and changed; what was written and not saved is kept, whichever is open. */
export class SourceDesk {
  /** The source that is open; null while they are listed. */
  readonly id: Signal<string | null> = signal(null);
  readonly details: Signal<SourceDetails | null> = signal(null);
  /** Why the details could not be read. */
  readonly unread: Signal<Problem | null> = signal(null);
  readonly busy: Signal<SourceAction | null> = signal(null);
  /** What was not done to the source that is open, and why. */
  readonly problem: Signal<{ action: SourceAction; problem: Problem } | null> = signal(null);
  /** What the server had against the options. */
  readonly refusal: Signal<Refusal | null> = signal(null);
  /** What was just done, until something else is. */
  readonly told: Signal<string | null> = signal(null);
  readonly unsaved: UnsavedOptions = new UnsavedOptions();
  /** Held listings that somebody has chosen to leave to the next run. */
  readonly left: Signal<ReadonlySet<string>> = signal(new Set());
  readonly dispose: () => void;

  readonly #parts: DeskParts;
  readonly #reading = new Latest();
  #closed: string | null = null;
  readonly #life = new AbortController();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    // Whatever makes the page load the sources anew may have changed the one that is open.
    const stop = effect(() => {
      if (parts.registry.sources.value !== null && this.id.peek() !== null) this.load();
    });
    this.dispose = () => {
      stop();
      this.#reading.cancel();
      this.#life.abort();
    };
  }

  open(id: string): void {
    this.#show(id);
    this.load();
  }

  close(): void {
    this.#closed = this.id.peek();
    this.#reading.cancel();
    this.#show(null);
  }

  /** The source that was open until now, told once: there the keyboard goes back to. */
  takeClosed(): string | null {
    const id = this.#closed;
    this.#closed = null;
    return id;
  }

  load(): void {
    const id = this.id.peek();
    if (id === null) return;
    void this.#reading.run((signal) => this.#parts.api.source(id, { signal }), {
      value: (details) =>
        batch(() => {
          this.details.value = details;
          this.unread.value = null;
        }),
      error: (error) => (this.unread.value = problemOf(error)),
    });
  }

  /** Notes what one option is to become; undefined forgets what was written. */
  write(id: string, option: string, draft: Draft | undefined): void {
    batch(() => {
      this.told.value = null;
      this.unsaved.write(id, option, draft);
      const { [option]: said, ...rest } = this.refusal.peek()?.byOption ?? {};
      if (said !== undefined && this.refusal.peek() !== null)
        this.refusal.value = { byOption: rest, rest: null, code: null };
    });
  }

  discard(id: string): void {
    batch(() => {
      this.unsaved.discard(id);
      this.refusal.value = null;
    });
  }

  async setEnabled(enabled: boolean): Promise<boolean> {
    return await this.#change("enabled", { enabled });
  }

  /** Accepts the notice as it now reads, or takes that back. */
  async setNotice(accepted: boolean): Promise<boolean> {
    return await this.#change("notice", { accept_notice: accepted });
  }

  /** Saves what was written; what the server refuses stays written, with its reason in `refusal`. */
  async saveOptions(): Promise<boolean> {
    const details = this.details.peek();
    if (details === null) return false;
    const { id } = details;
    const sent = this.unsaved.bySource.peek().get(id) ?? {};
    const { options, errors } = readDrafts(fieldsOf(details.options), sent);
    if (Object.keys(errors).length > 0) return false;
    this.refusal.value = null;
    const done = Object.keys(options).length === 0 || (await this.#change("options", { options }));
    if (!done) return false;
    batch(() => {
      this.unsaved.saved(id, sent);
      if (this.id.peek() === id) this.told.value = "Saved";
    });
    return true;
  }

  /** Says that a held listing is right: what it lacks is marked gone. */
  async confirm(): Promise<void> {
    let said = "";
    const done = await this.#act("confirm", async (id, signal) => {
      said = confirmedWords(await this.#parts.api.confirmSource(id, { signal }));
      this.#parts.reload();
      return await this.#parts.api.source(id, { signal });
    });
    if (done) this.told.value = said;
  }

  /** Leaves a held listing to the next run. */
  leave({ id, held }: SourceDetails): void {
    this.left.value = new Set([...this.left.peek(), heldKey(id, held)]);
  }

  isLeft({ id, held }: SourceDetails): boolean {
    return this.left.value.has(heldKey(id, held));
  }

  /** Forgets its failures and reads it at once. */
  async retry(): Promise<void> {
    await this.#act("retry", async (id, signal) => {
      const details = await this.#parts.api.resetSource(id, { signal });
      await this.#parts.scrape.start([id]);
      return details;
    });
  }

  /** Has these read again by themselves from now on; says which could not be. */
  async keepFresh(ids: readonly string[]): Promise<void> {
    const { api, messages, registry } = this.#parts;
    const known = new Map(registry.sources.peek()?.map((source) => [source.id, source]));
    const failed: { name: string; error: unknown }[] = [];
    for (const id of ids.filter((one) => known.get(one)?.enabled === false)) {
      try {
        await api.changeSource(id, { enabled: true }, { signal: this.#life.signal });
      } catch (error) {
        if (this.#life.signal.aborted) return;
        failed.push({ name: registry.nameOf(id), error });
      }
    }
    const [first] = failed;
    if (first !== undefined)
      messages.fail(`Not kept up to date: ${failed.map(({ name }) => name).join(", ")}.`, first.error);
    registry.refresh();
  }

  #show(id: string | null): void {
    batch(() => {
      this.id.value = id;
      this.details.value = null;
      this.unread.value = null;
      this.problem.value = null;
      this.refusal.value = null;
      this.told.value = null;
    });
  }

  async #change(action: SourceAction, change: SourceChange): Promise<boolean> {
    return await this.#act(action, (id, signal) => this.#parts.api.changeSource(id, change, { signal }));
  }

  /** One thing at a time; whether it was done. */
  async #act(
    action: SourceAction,
    call: (id: string, signal: AbortSignal) => Promise<SourceDetails>,
  ): Promise<boolean> {
    const id = this.id.peek();
    if (id === null || this.busy.peek() !== null) return false;
    this.busy.value = action;
    this.problem.value = null;
    this.told.value = null;
    try {
      const details = await call(id, this.#life.signal);
      this.#reading.cancel();
      if (this.id.peek() === id) this.details.value = details;
      this.#parts.registry.refresh();
      return true;
    } catch (error) {
      if (!this.#life.signal.aborted) this.#refused(id, action, error);
      return false;
    } finally {
      this.busy.value = null;
    }
  }

  #refused(id: string, action: SourceAction, error: unknown): void {
    if (this.id.peek() !== id)
      return this.#parts.messages.fail(`${this.#parts.registry.nameOf(id)} was not changed.`, error);
    const options = this.details.peek()?.options;
    if (action === "options" && options !== undefined)
      this.refusal.value = refusalOf(
        error,
        fieldsOf(options).map(({ name }) => name),
      );
    else this.problem.value = { action, problem: problemOf(error) };
  }
}

function confirmedWords({ gone, scrape }: SourceConfirmed): string {
  if (gone !== null) return `${counted(gone, "camera")} marked gone`;
  return `What ${scrape === null ? "its next complete scrape" : "the scrape that runs now"} does not list is marked gone`;
}

function heldKey(id: string, held: SourceDetails["held"]): string {
  return `${id} ${held?.before} ${held?.listed}`;
}
