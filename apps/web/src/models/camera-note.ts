import type { Note } from "@argus/core";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "./latest.ts";
import type { Messages } from "./messages.ts";
import { type Problem, problemOf } from "./problem.ts";

/** As core's note allows. */
export const MAX_NOTE = 10_000;

type Calls = Pick<Api, "note" | "saveNote" | "removeNote">;
/** `conflict`: somebody else has changed it since it was read. */
export type NoteState = "loading" | "unread" | "idle" | "saving" | "saved" | "conflict" | "failed";

/** The note on the selected camera: read when the camera is opened, saved when one leaves it. */
export class CameraNote {
  readonly text: Signal<string> = signal("");
  readonly state: Signal<NoteState> = signal("loading");
  readonly problem: Signal<Problem | null> = signal(null);
  /** What somebody else has made of it; null where they removed it. Only while there is a conflict. */
  readonly theirs: Signal<Note | null> = signal(null);
  readonly edited: ReadonlySignal<boolean>;
  readonly dispose: () => void;

  readonly #api: Calls;
  readonly #messages: Messages;
  readonly #calls = new Latest();
  readonly #stored: Signal<Note | null> = signal(null);
  /** What was written and could not be saved, by camera; it is there again when the camera is. */
  readonly #drafts = new Map<string, string>();
  #id: string | null = null;

  constructor(api: Calls, cameraId: ReadonlySignal<string | null>, messages: Messages) {
    this.#api = api;
    this.#messages = messages;
    this.edited = computed(() => this.text.value.trim() !== (this.#stored.value?.text ?? ""));
    const stop = effect(() => {
      const id = cameraId.value;
      this.#leave();
      this.#open(id);
    });
    this.dispose = () => {
      stop();
      this.#calls.cancel();
    };
  }

  /** Reads the note, keeping what was written on a camera whose note could not be saved. */
  load(): void {
    const id = this.#id;
    if (id === null) return;
    this.state.value = "loading";
    void this.#calls.run((signal) => this.#api.note(id, { signal }), {
      value: (note) => this.#take(id, note),
      error: (error) => this.#fail("unread", error),
    });
  }

  /** Saves what is written, unless it is stored already or there is a conflict to be settled first. */
  async save(): Promise<void> {
    const busy = this.state.peek() === "loading" || this.state.peek() === "unread" || this.state.peek() === "saving";
    if (this.#id === null || busy || this.state.peek() === "conflict" || !this.edited.peek()) return;
    await this.#write(this.#id, this.text.peek().trim(), this.#stored.peek());
  }

  /** Ends a conflict: with what is written here, or with what the other has made of it. */
  async settle(whose: "mine" | "theirs"): Promise<void> {
    const theirs = this.theirs.peek();
    batch(() => {
      this.#stored.value = theirs;
      this.theirs.value = null;
      this.state.value = "idle";
      if (whose === "theirs") this.text.value = theirs?.text ?? "";
    });
    await this.save();
  }

  #open(id: string | null): void {
    this.#calls.cancel();
    this.#id = id;
    batch(() => {
      this.text.value = "";
      this.#stored.value = null;
      this.theirs.value = null;
      this.problem.value = null;
      this.state.value = "loading";
    });
    this.load();
  }

  #take(id: string, note: Note | null): void {
    const draft = this.#drafts.get(id);
    batch(() => {
      this.#stored.value = note;
      this.text.value = draft ?? note?.text ?? "";
      this.problem.value = null;
      this.state.value = "idle";
    });
  }

  /** Another camera is opened: what is written is saved in passing. */
  #leave(): void {
    const id = this.#id;
    const state = this.state.peek();
    if (id === null || state === "loading" || state === "unread" || !this.edited.peek()) return;
    const text = this.text.peek().trim();
    this.#drafts.set(id, text);
    if (state !== "conflict" && state !== "saving") void this.#write(id, text, this.#stored.peek());
  }

  async #write(id: string, text: string, before: Note | null): Promise<void> {
    const unchangedSince = before?.updated_at ?? null;
    if (this.#id === id) this.state.value = "saving";
    try {
      const note =
        text === ""
          ? await this.#api.removeNote(id, { unchangedSince }).then(() => null)
          : await this.#api.saveNote(id, text, { unchangedSince });
      this.#drafts.delete(id);
      if (note === null && before !== null) this.#offerUndo(id, before.text);
      if (this.#id === id) this.#saved(note);
    } catch (error) {
      this.#drafts.set(id, text);
      await this.#refused(id, error);
    }
  }

  #saved(note: Note | null): void {
    batch(() => {
      this.#stored.value = note;
      this.problem.value = null;
      this.state.value = "saved";
    });
    // More was written while it was being saved.
    if (this.edited.peek()) void this.save();
  }

  #offerUndo(id: string, text: string): void {
    const act = (): void => {
      if (this.#id === id) {
        this.text.value = text;
        void this.save();
      } else void this.#write(id, text, null);
    };
    this.#messages.tell("Note removed.", { label: "Undo", act });
  }

  async #refused(id: string, error: unknown): Promise<void> {
    const conflict = problemOf(error).code === "ARGUS_PERSONAL_CONFLICT";
    if (this.#id !== id)
      return this.#messages.fail(`The note on ${id} was not saved; open the camera to see it.`, error);
    if (!conflict) return this.#fail("failed", error);
    await this.#calls.run((signal) => this.#api.note(id, { signal }), {
      value: (theirs) =>
        batch(() => {
          this.theirs.value = theirs;
          this.state.value = "conflict";
        }),
      error: (reason) => this.#fail("failed", reason),
    });
  }

  #fail(state: NoteState, error: unknown): void {
    batch(() => {
      this.problem.value = problemOf(error);
      this.state.value = state;
    });
  }
}
