import { cutText, describeFault, showId } from "../bounded-text.ts";
import { emitNotAwaited } from "../errors.ts";
import { WIRE } from "../wire/bounds.ts";
import type { Channel } from "./channel.ts";

const MAX_REASON = 1000;
const MAX_SHOWN_FIELD = 60;

/** What a source lists, on its way to the host: gathered into messages, of which only a few are ahead of the host. */
export class Outbox {
  readonly #channel: Channel;
  readonly #signal: AbortSignal;
  // JSON already, so that what a source does to a camera after emitting it changes nothing.
  readonly #cameras: string[] = [];
  readonly #rejected: string[] = [];
  #characters = 0;
  #ahead = 0;
  #planned = false;
  #moved = Promise.withResolvers<void>();

  constructor(channel: Channel, signal: AbortSignal) {
    this.#channel = channel;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#moved.resolve());
  }

  /**
   * Settles when there is room for the next.
   * @throws the signal's reason once the run is to stop; ArgusError ARGUS_SCRAPE_FLOODED when too many wait.
   */
  async emit(camera: unknown): Promise<void> {
    this.#signal.throwIfAborted();
    if (this.#cameras.length >= WIRE.maxWaiting) throw emitNotAwaited(WIRE.maxWaiting);
    this.#add(camera);
    while (this.#isFull() && !this.#signal.aborted) await this.#moved.promise;
    this.#signal.throwIfAborted();
  }

  reject(id: unknown, reason: unknown): void {
    const shown = typeof reason === "string" ? cutText(reason, MAX_REASON) : "no reason given";
    this.#push(this.#rejected, JSON.stringify({ id: showId(id), reason: shown }));
  }

  /** The host has taken a message. */
  taken(): void {
    this.#ahead -= 1;
    if (this.#isFull()) this.#send();
    else this.#plan();
    const { resolve } = this.#moved;
    this.#moved = Promise.withResolvers();
    resolve();
  }

  /** Sends as much as may be ahead of the host. */
  sendWhatMayGo(): void {
    this.#send();
  }

  /** Settles when all that waits is on its way. */
  async flush(): Promise<void> {
    while (this.#isWaiting() && !this.#signal.aborted) {
      this.#send();
      if (this.#isWaiting()) await this.#moved.promise;
    }
  }

  #add(camera: unknown): void {
    try {
      // What JSON cannot say, like a function, is no camera: null is turned away by the host.
      const text = JSON.stringify(camera) ?? "null";
      if (text.length > WIRE.maxRow) this.reject(idOf(camera), tooLong(camera, text.length));
      else this.#push(this.#cameras, text);
    } catch (error) {
      this.reject(undefined, `cannot be read: ${describeFault(error)}`);
    }
  }

  #push(list: string[], text: string): void {
    list.push(text);
    this.#characters += text.length;
    if (this.#isFull()) this.#send();
    else this.#plan();
  }

  #isWaiting(): boolean {
    return this.#cameras.length > 0 || this.#rejected.length > 0;
  }

  #isFull(): boolean {
    const rows = Math.max(this.#cameras.length, this.#rejected.length);
    return rows >= WIRE.rowsPerMessage || this.#characters >= WIRE.rowCharactersPerMessage;
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#send();
    });
  }

  #send(): void {
    while (this.#ahead < WIRE.rowMessagesAhead && this.#isWaiting()) {
      const rejected = this.#take(this.#rejected, 0);
      const cameras = this.#take(this.#cameras, rejected.characters);
      this.#ahead += 1;
      this.#channel.sendText(
        `{"t":"rows","cameras":[${cameras.texts.join(",")}],"rejected":[${rejected.texts.join(",")}]}`,
      );
    }
  }

  #take(list: string[], already: number): { texts: string[]; characters: number } {
    let count = 0;
    let characters = 0;
    for (const { length } of list) {
      if (count >= WIRE.rowsPerMessage || already + characters >= WIRE.rowCharactersPerMessage) break;
      count += 1;
      characters += length;
    }
    this.#characters -= characters;
    return { texts: list.splice(0, count), characters };
  }
}

function idOf(camera: unknown): unknown {
  return typeof camera === "object" && camera !== null && "id" in camera ? camera.id : undefined;
}

function tooLong(camera: unknown, characters: number): string {
  const size = (value: unknown): number => (typeof value === "string" ? value.length : 0);
  const fields = Object.entries(camera ?? {}).toSorted((one, other) => size(other[1]) - size(one[1]));
  const longest = cutText(fields[0]?.[0] ?? "camera", MAX_SHOWN_FIELD);
  return `${longest}: too long; the camera has ${characters} characters, more than ${WIRE.maxRow}`;
}
