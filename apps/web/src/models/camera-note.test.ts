import type { Note } from "@argus/core";
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CameraNote } from "./camera-note.ts";
import { Messages } from "./messages.ts";

/** A server with notes, which refuses what is not written on top of what it has. */
function harness(stored: Record<string, string> = {}) {
  const notes = new Map(Object.entries(stored).map(([id, text]) => [id, noteOf(id, text, "t0")]));
  let clock = 0;
  const check = (id: string, since: string | null | undefined): void => {
    if (since !== undefined && (notes.get(id)?.updated_at ?? null) !== since)
      throw Object.assign(new Error("changed meanwhile"), { code: "ARGUS_PERSONAL_CONFLICT" });
  };
  const api = {
    note: vi.fn(async (id: string) => notes.get(id) ?? null),
    saveNote: vi.fn(async (id: string, text: string, options?: { unchangedSince?: string | null }) => {
      check(id, options?.unchangedSince);
      const note = noteOf(id, text, `t${(clock += 1)}`);
      notes.set(id, note);
      return note;
    }),
    removeNote: vi.fn(async (id: string, options?: { unchangedSince?: string | null }) => {
      check(id, options?.unchangedSince);
      notes.delete(id);
    }),
  };
  const id = signal<string | null>("a:1");
  const messages = new Messages();
  const note = new CameraNote(api, id, messages);
  return { api, id, messages, note, notes, elsewhere: (text: string) => api.saveNote("a:1", text) };
}

const noteOf = (camera_id: string, text: string, updated_at: string): Note => ({ camera_id, text, updated_at });
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("is read with its camera, and saved once when it was changed", async () => {
  const { api, id, note, notes } = harness({ "a:1": "old" });
  await settled();
  expect(note.text.value).toBe("old");
  await note.save();
  expect(api.saveNote).not.toHaveBeenCalled();
  note.text.value = " new ";
  await note.save();
  expect(note.state.value).toBe("saved");
  expect(notes.get("a:1")?.text).toBe("new");
  await note.save();
  expect(api.saveNote).toHaveBeenCalledTimes(1);
  id.value = "b:2";
  await settled();
  expect(note.text.value).toBe("");
});

it("is saved for its own camera when another is opened before it was", async () => {
  const { id, note, notes } = harness();
  await settled();
  note.text.value = "mind the glare";
  id.value = "b:2";
  await settled();
  expect(notes.get("a:1")?.text).toBe("mind the glare");
  expect(notes.has("b:2")).toBe(false);
  expect(note.text.value).toBe("");
});

it("saves what is written while it is being saved", async () => {
  const { note, notes } = harness();
  await settled();
  note.text.value = "one";
  const saving = note.save();
  note.text.value = "one two";
  await saving;
  await settled();
  expect(notes.get("a:1")?.text).toBe("one two");
});

it("can be emptied, and brought back", async () => {
  const { messages, note, notes } = harness({ "a:1": "old" });
  await settled();
  note.text.value = "";
  await note.save();
  expect(notes.has("a:1")).toBe(false);
  messages.current.value?.action?.act();
  await settled();
  expect(notes.get("a:1")?.text).toBe("old");
  expect(note.text.value).toBe("old");
});

describe("a conflict", () => {
  it.each([
    ["mine", "mine"],
    ["theirs", "theirs"],
  ] as const)("is told, loses nothing, and ends with %s", async (whose, text) => {
    const { elsewhere, note, notes } = harness({ "a:1": "old" });
    await settled();
    await elsewhere("theirs");
    note.text.value = "mine";
    await note.save();
    expect(note.state.value).toBe("conflict");
    expect(note.theirs.value?.text).toBe("theirs");
    expect(notes.get("a:1")?.text).toBe("theirs");
    expect(note.text.value).toBe("mine");
    await note.settle(whose);
    expect(notes.get("a:1")?.text).toBe(text);
    expect(note.text.value).toBe(text);
    expect(note.state.value).not.toBe("conflict");
  });

  it("is told also where the other removed the note", async () => {
    const { api, note, notes } = harness({ "a:1": "old" });
    await settled();
    await api.removeNote("a:1");
    note.text.value = "mine";
    await note.save();
    expect(note.state.value).toBe("conflict");
    expect(note.theirs.value).toBeNull();
    await note.settle("mine");
    expect(notes.get("a:1")?.text).toBe("mine");
  });
});

it("that cannot be saved stays written, also on the way to another camera and back", async () => {
  const { api, id, messages, note } = harness({ "a:1": "old" });
  await settled();
  api.saveNote.mockRejectedValue(new Error("no answer"));
  note.text.value = "new";
  await note.save();
  expect(note.state.value).toBe("failed");
  expect(note.problem.value?.message).toBe("No answer.");
  id.value = "b:2";
  await settled();
  expect(messages.current.value?.text).toContain("a:1");
  id.value = "a:1";
  await settled();
  expect(note.text.value).toBe("new");
  expect(note.edited.value).toBe(true);
});

it("is not emptied because it could not be read", async () => {
  const { api, id, note } = harness({ "b:2": "kept" });
  await settled();
  api.note.mockRejectedValueOnce(new Error("no answer"));
  id.value = "b:2";
  await settled();
  expect(note.state.value).toBe("unread");
  await note.save();
  id.value = null;
  await settled();
  expect(api.removeNote).not.toHaveBeenCalled();
  id.value = "b:2";
  await settled();
  expect(note.text.value).toBe("kept");
});
