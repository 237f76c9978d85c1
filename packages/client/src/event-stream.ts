const MAX_EVENT_CHARS = 8_388_608;
const LINE_END = /\r\n|\n|\r/u;

/** One event of a `text/event-stream`. */
export type ServerEvent = { id: string; event: string; data: string };

/** What a stream says besides its events. */
export type StreamNotes = { retryMs: number | null };

/**
 * Takes an event stream apart (WHATWG HTML, "Server-sent events"). Fed in pieces of any size; an event that the
 * stream's end cuts short is dropped, as the standard asks.
 */
export class EventStreamParser {
  #rest = "";
  #data: string[] = [];
  #event = "";
  #id = "";
  #size = 0;
  #started = false;
  readonly notes: StreamNotes = { retryMs: null };

  /**
   * The events that `text` completes.
   * @throws RangeError when one event is longer than 8 Mi characters.
   */
  push(text: string): ServerEvent[] {
    const lines = this.#takeLines(text);
    const events: ServerEvent[] = [];
    for (const line of lines) {
      if (line === "") this.#finish(events);
      else this.#readLine(line);
    }
    return events;
  }

  #takeLines(text: string): string[] {
    let buffer = this.#rest + text;
    if (!this.#started && buffer !== "") {
      this.#started = true;
      if (buffer.startsWith("\uFEFF")) buffer = buffer.slice(1);
    }
    // A CR at the end may be half of a CRLF: it waits for the next piece.
    const held = buffer.endsWith("\r") ? "\r" : "";
    const lines = buffer.slice(0, buffer.length - held.length).split(LINE_END);
    this.#rest = (lines.pop() ?? "") + held;
    if (this.#rest.length > MAX_EVENT_CHARS) throw new RangeError("an event of the stream is too long");
    return lines;
  }

  #readLine(line: string): void {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /u, "");
    if (field === "data") this.#addData(value);
    else if (field === "event") this.#event = value;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    else if (field === "retry" && /^\d{1,9}$/u.test(value)) this.notes.retryMs = Number(value);
  }

  #addData(value: string): void {
    this.#size += value.length;
    if (this.#size > MAX_EVENT_CHARS) throw new RangeError("an event of the stream is too long");
    this.#data.push(value);
  }

  #finish(events: ServerEvent[]): void {
    if (this.#data.length > 0)
      events.push({ id: this.#id, event: this.#event || "message", data: this.#data.join("\n") });
    this.#data = [];
    this.#size = 0;
    this.#event = "";
  }
}
