import { protocolBroken } from "../errors.ts";
import { WIRE } from "../wire/bounds.ts";

const MS_PER_S = 1000;

/** So many messages at once, and so many a second after that. */
export class MessageRate {
  #left: number = WIRE.messageBurst;
  #countedAt = performance.now();

  /** @throws ArgusError ARGUS_SOURCE_PROTOCOL for one too many. */
  count(): void {
    const now = performance.now();
    const earned = ((now - this.#countedAt) / MS_PER_S) * WIRE.messagesPerSecond;
    this.#left = Math.min(WIRE.messageBurst, this.#left + earned) - 1;
    this.#countedAt = now;
    if (this.#left < 0)
      throw protocolBroken(`flooded the host with messages, more than ${WIRE.messagesPerSecond} a second`);
  }
}
