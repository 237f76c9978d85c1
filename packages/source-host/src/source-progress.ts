import type { ScrapedSource, ScrapeState } from "@argus/core";
import { describeRetry, type Retry } from "@argus/source-sdk/host";
import { z } from "zod";

import { cutText, showId } from "./bounded-text.ts";

const MAX_REJECTIONS = 20;
const MAX_REASON = 300;

const count = z.int().nonnegative().optional().catch(undefined);
// Tolerant: progress is decoration, and a wrong number in it is no reason to stop.
const Step = z.object({ done: count, total: count, message: z.string().optional().catch(undefined) });

/** One source's part of a running scrape: counts, and who is told when they change. */
export class SourceProgress {
  readonly sourceId: string;
  readonly #state: ScrapedSource;
  readonly #onChange: () => void;
  /** What the source said last. */
  #said: string | null = null;
  /** What one of its requests is at that has failed once; that is told instead. */
  #retry: string | null = null;

  constructor(sourceId: string, onChange: () => void) {
    this.sourceId = sourceId;
    this.#onChange = onChange;
    this.#state = {
      source_id: sourceId,
      state: "pending",
      message: null,
      steps_done: null,
      steps_total: null,
      found: 0,
      new: 0,
      changed: 0,
      unchanged: 0,
      gone: 0,
      rejected: 0,
      rejections: [],
      started_at: null,
      finished_at: null,
    };
  }

  /** A copy that later changes do not reach. */
  snapshot(): ScrapedSource {
    return { ...this.#state, rejections: [...this.#state.rejections] };
  }

  begin(time: string): void {
    this.#change({ state: "running", started_at: time });
  }

  /** What the source says it has done; what is not a count or a text is passed over. */
  step(step: unknown): void {
    const { done, total, message } = readStep(step);
    if (message !== undefined) this.#said = cutText(message, MAX_REASON) || null;
    this.#change({
      ...(done === undefined ? {} : { steps_done: done }),
      ...(total === undefined ? {} : { steps_total: total }),
      message: this.#retry ?? this.#said,
    });
  }

  /** A request of the source's waits for another try, or none does any more. */
  retries(retry: Retry | null): void {
    // One that the source did not wait for may outlive it.
    if (this.#state.state !== "running") return;
    this.#retry = retry === null ? null : cutText(describeRetry(retry), MAX_REASON);
    this.#change({ message: this.#retry ?? this.#said });
  }

  accepted(): void {
    this.#change({ found: this.#state.found + 1 });
  }

  stored(counts: { new: number; changed: number; unchanged: number }): void {
    this.#change({
      new: this.#state.new + counts.new,
      changed: this.#state.changed + counts.changed,
      unchanged: this.#state.unchanged + counts.unchanged,
    });
  }

  /** Counts a rejected camera and keeps the first few. */
  rejected(rawId: unknown, reason: string): void {
    if (this.#state.rejections.length < MAX_REJECTIONS) {
      this.#state.rejections.push({ raw_id: showId(rawId), reason: cutText(reason, MAX_REASON) });
    }
    this.#change({ rejected: this.#state.rejected + 1 });
  }

  markedGone(gone: number): void {
    this.#change({ gone });
  }

  end(state: ScrapeState, message: string | null, time: string): void {
    this.#change({ state, message, finished_at: time });
  }

  #change(change: Partial<ScrapedSource>): void {
    Object.assign(this.#state, change);
    this.#onChange();
  }
}

function readStep(step: unknown): z.output<typeof Step> {
  try {
    const parsed = Step.safeParse(step);
    return parsed.success ? parsed.data : {};
  } catch {
    // A getter that throws.
    return {};
  }
}
