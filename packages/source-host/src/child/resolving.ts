import type { ResolvableCamera, Source } from "@argus/source-sdk";

import { runResolve, type SourcePorts } from "../run-source.ts";
import type { ToChild } from "../wire/to-child.ts";
import { toWire } from "../wire/wire-error.ts";
import type { Channel } from "./channel.ts";

type Loaded = { source: Source; ports: SourcePorts; signal: AbortSignal };

/** Says of cameras where their pictures are, for as long as the host asks; it asks about one at a time. */
export class Resolving {
  readonly #channel: Channel;
  readonly #loaded = Promise.withResolvers<Loaded>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** From now on cameras are answered, and those that came before. */
  begin(loaded: Loaded): void {
    this.#loaded.resolve(loaded);
  }

  async answer({ id, camera }: Extract<ToChild, { t: "camera" }>): Promise<void> {
    try {
      const { source, ports, signal } = await this.#loaded.promise;
      // A signal of its own, so that what a source listens for goes with the camera. The host made the camera.
      const urls = await runResolve(source, camera as ResolvableCamera, ports, AbortSignal.any([signal]));
      this.#channel.send({ t: "resolved", id, urls });
    } catch (error) {
      const { code, message, retryable } = toWire(error);
      this.#channel.send({ t: "unresolved", id, code, message, retryable });
    }
  }
}
