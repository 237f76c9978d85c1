import { utc } from "../format.ts";
import { type CameraNote, MAX_NOTE } from "../models/camera-note.ts";
import { useApp } from "./app-context.ts";
import { Notice } from "./notice.tsx";

const FIELD = "camera-note";
/** From here on the length is told. */
const NEARLY_FULL = MAX_NOTE - 500;

/** The user's own words on a camera, saved when the field is left. */
export function NoteField() {
  const { note } = useApp().mine;
  const state = note.state.value;
  return (
    <div class="note-own">
      <div class="note-head">
        <label class="label" htmlFor={FIELD}>
          Note
        </label>
        <span class="note-state" role="status">
          {wordsOf(note)}
        </span>
      </div>
      <textarea
        id={FIELD}
        class="field note-text"
        rows={1}
        placeholder="Your own words on this camera"
        aria-describedby={state === "conflict" ? "note-conflict" : undefined}
        maxLength={MAX_NOTE}
        readOnly={state === "loading" || state === "unread"}
        value={note.text.value}
        onInput={(event) => (note.text.value = event.currentTarget.value)}
        onBlur={() => void note.save()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void note.save();
        }}
      />
      {state === "conflict" && <Conflict note={note} />}
      {note.problem.value !== null && (state === "unread" || state === "failed") && (
        <Notice problem={note.problem.value}>
          <button type="button" class="button" onClick={() => (state === "unread" ? note.load() : void note.save())}>
            Try again
          </button>
        </Notice>
      )}
    </div>
  );
}

function wordsOf(note: CameraNote): string {
  const left = MAX_NOTE - note.text.value.length;
  if (note.text.value.length > NEARLY_FULL) return `${left} characters left`;
  switch (note.state.value) {
    case "saving":
      return "Saving…";
    case "failed":
      return "Not saved";
    case "conflict":
      return "Changed elsewhere";
    case "saved":
      return note.edited.value ? "Ctrl+Enter saves" : "Saved";
    default:
      return note.edited.value ? "Ctrl+Enter saves" : "";
  }
}

/** Both versions, and the choice between them; nothing is stored before it is made. */
function Conflict({ note }: { note: CameraNote }) {
  const theirs = note.theirs.value;
  return (
    <div class="note-conflict" id="note-conflict" role="alert">
      <p>
        {theirs === null
          ? "This note was removed elsewhere while you were writing."
          : `This note was changed elsewhere, ${utc(theirs.updated_at)}:`}
      </p>
      {theirs !== null && <blockquote>{theirs.text}</blockquote>}
      <div class="confirm-actions">
        <button type="button" class="button" onClick={() => void note.settle("mine")}>
          Keep what I wrote
        </button>
        <button type="button" class="button" onClick={() => void note.settle("theirs")}>
          {theirs === null ? "Remove mine too" : "Take the other"}
        </button>
      </div>
    </div>
  );
}
