import type { Camera, Clock, Log } from "@argus/core";

import type { Random } from "./backoff.ts";
import { Channel } from "./channel.ts";
import type { Address, CameraAddresses } from "./camera-addresses.ts";
import type { Egress } from "./egress.ts";
import { busy, closed } from "./errors.ts";
import { FailureMemory } from "./failure-memory.ts";
import type { StreamLimits } from "./limits.ts";
import { createMultipart, type Multipart } from "./multipart.ts";
import { refreshMs, type Snapshots } from "./snapshots.ts";
import type { Timer } from "./timer.ts";
import { mjpegUpstream, stillsUpstream, type Picture, type Upstream } from "./upstream.ts";
import type { Viewer } from "./viewer.ts";

export type HubOptions = {
  egress: Egress;
  addresses: CameraAddresses;
  snapshots: Snapshots;
  limits: StreamLimits;
  clock: Clock;
  timer: Timer;
  random: Random;
  log: Log;
};

/** Everybody who watches: one channel per camera, whoever and however many look at it. */
export class Hub implements AsyncDisposable {
  readonly #options: HubOptions;
  readonly #channels: Map<string, Channel> = new Map();
  // Those whose viewers have gone may still be closing their connection.
  readonly #closing: Set<Promise<void>> = new Set();
  readonly #failures: FailureMemory;
  readonly #multipart: Multipart = createMultipart();
  #closed = false;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#failures = new FailureMemory(options.clock, options.random);
  }

  get contentType(): string {
    return this.#multipart.contentType;
  }

  /**
   * A new viewer of the camera, with a picture ready for it.
   * @throws ArgusError, ARGUS_STREAM_UNSUPPORTED and ARGUS_STREAM_BUSY among them; or the signal's reason.
   */
  async join(camera: Camera, signal: AbortSignal): Promise<Viewer> {
    signal.throwIfAborted();
    if (this.#closed) throw closed();
    const address = this.#options.addresses.stream(camera);
    const channel = this.#channels.get(address.key) ?? this.#open(camera, address);
    const { viewersPerCamera } = this.#options.limits;
    if (channel.viewers >= viewersPerCamera) throw busy(address.host, `it has ${viewersPerCamera} viewers already`);
    return await channel.join(signal);
  }

  /** A picture of a stream that runs anyway, where it is as new as a still would be. */
  latest(camera: Camera): Picture | null {
    if (camera.stream_url === null) return null;
    const last = this.#channels.get(this.#options.addresses.stream(camera).key)?.last ?? null;
    return last !== null && this.#options.clock() - last.at <= refreshMs(camera) ? last : null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const channel of this.#channels.values()) channel.close();
    await Promise.all(this.#closing);
  }

  #open(camera: Camera, address: Address): Channel {
    const { key, host } = address;
    this.#makeRoom(host);
    const { limits, timer, random, log } = this.#options;
    const channel = new Channel({
      upstream: this.#upstreamOf(camera, address),
      multipart: this.#multipart,
      limits,
      timer,
      random,
      log: withCamera(log, camera.id),
      ended: (over) => {
        if (this.#channels.get(key) === over) this.#channels.delete(key);
      },
    });
    this.#channels.set(key, channel);
    this.#closing.add(channel.done);
    void channel.done.then(() => this.#closing.delete(channel.done));
    return channel;
  }

  #upstreamOf(camera: Camera, address: Address): Upstream {
    const { egress, snapshots, limits, clock, timer } = this.#options;
    return camera.stream_kind === "mjpeg"
      ? mjpegUpstream(address, { egress, failures: this.#failures, limits, clock })
      : stillsUpstream(camera, { snapshots, clock, timer });
  }

  /** A stream that only lingers gives its place to one that is wanted. */
  #makeRoom(host: string): void {
    const { upstreams } = this.#options.limits;
    if (this.#channels.size < upstreams) return;
    const idle = [...this.#channels.values()].find(({ viewers }) => viewers === 0);
    if (idle === undefined) throw busy(host, `${upstreams} cameras are being watched already`);
    idle.close();
  }
}

function withCamera(log: Log, camera: string): Log {
  return {
    debug: (message, fields) => log.debug(message, { camera, ...fields }),
    info: (message, fields) => log.info(message, { camera, ...fields }),
    warn: (message, fields) => log.warn(message, { camera, ...fields }),
    error: (message, fields) => log.error(message, { camera, ...fields }),
  };
}
