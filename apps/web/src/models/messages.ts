import { type Signal, signal } from "@preact/signals";

import { type Problem, problemOf } from "./problem.ts";

/** What the page says in passing: that something was done, and how to undo it, or why it was not. */
export type Message = {
  text: string;
  problem: Problem | null;
  /** What a button beside it does, such as undoing. */
  action: { label: string; act: () => void } | null;
};

/** Long enough to read it and to reach its button; a fault stays until it is put away. */
const SHOWN_MS = 10_000;

/** One message at a time; a new one takes the place of the one before. */
export class Messages {
  readonly current: Signal<Message | null> = signal(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  tell(text: string, action: Message["action"] = null): void {
    this.#show({ text, problem: null, action });
    this.#timer = setTimeout(() => this.close(), SHOWN_MS);
  }

  /** `text` says what was not done; the error says why. */
  fail(text: string, error: unknown, action: Message["action"] = null): void {
    this.#show({ text, problem: problemOf(error), action });
  }

  /** As long as somebody is at it, it stays. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  release(): void {
    this.hold();
    if (this.current.peek()?.problem === null) this.#timer = setTimeout(() => this.close(), SHOWN_MS);
  }

  close(): void {
    this.hold();
    this.current.value = null;
  }

  dispose(): void {
    this.hold();
  }

  #show(message: Message): void {
    this.hold();
    this.current.value = message;
  }
}
