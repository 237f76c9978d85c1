import { silentLog, type Camera, type Clock, type Log } from "@argus/core";

import type { Random } from "./backoff.ts";
import { CameraAddresses, type CameraResolver } from "./camera-addresses.ts";
import { Egress } from "./egress.ts";
import { closed } from "./errors.ts";
import type { Resolve } from "./guarded-agent.ts";
import { Hub } from "./hub.ts";
import { defaultLimits, type StreamLimits } from "./limits.ts";
import type { OriginHandler } from "./origin-hop.ts";
import { Snapshots } from "./snapshots.ts";
import { systemTimer, type Timer } from "./timer.ts";

const DEFAULT_USER_AGENT = "Argus/0.1 (self-hosted camera registry)";

export type StreamsOptions = {
  /** Addresses and CIDR ranges, not public ones, that the user opened. */
  allow?: readonly string[];
  /** Hosts that a source answers for inside the process; asked for at every request. */
  origins?: () => ReadonlyMap<string, OriginHandler>;
  /** Says where pictures are of cameras whose addresses rotate. Default: no camera's do. */
  resolver?: CameraResolver;
  userAgent?: string;
  log?: Log;
  limits?: Partial<StreamLimits>;
  /** Milliseconds since 1970. */
  clock?: Clock;
  timer?: Timer;
  random?: Random;
  /** Finds the addresses of a name. Default: the system's. */
  resolve?: Resolve;
};

/** One whole JPEG; `taken_at` is the origin's Last-Modified, else when it was fetched. */
export type CameraSnapshot = { jpeg: Uint8Array; taken_at: string };

/** An endless body of parts, each a whole JPEG; read it by one reader. */
export type CameraStream = { content_type: string; body: AsyncIterable<Uint8Array> };

/**
 * Everything that opens a camera's URL. Touches nothing until it is asked; whoever builds it disposes it, which closes
 * every connection and ends every body.
 */
export class Streams implements AsyncDisposable {
  readonly #egress: Egress;
  readonly #snapshots: Snapshots;
  readonly #hub: Hub;
  #closed = false;

  /** @throws ArgusError ARGUS_STREAM_ALLOW_INVALID naming the entry of `allow` that is no address or range. */
  constructor(options: StreamsOptions = {}) {
    const { allow = [], origins = () => new Map(), userAgent = DEFAULT_USER_AGENT, log = silentLog, resolve } = options;
    const { clock = Date.now, timer = systemTimer, random = Math.random } = options;
    const limits = { ...defaultLimits, ...options.limits };
    this.#egress = new Egress({ allow, origins, userAgent, limits, clock, timer, log, ...(resolve && { resolve }) });
    const addresses = new CameraAddresses({ resolver: options.resolver ?? null, resolveMs: limits.resolveMs, timer });
    const shared = { egress: this.#egress, addresses, limits, clock, random };
    this.#snapshots = new Snapshots(shared);
    this.#hub = new Hub({ ...shared, snapshots: this.#snapshots, timer, log });
  }

  /**
   * The camera's newest still, at most as old as its origin takes for a new one (`refresh_s`, within 1 s and 60 s).
   * Callers share a fetch; one that aborts does not end it for the others.
   * @throws ArgusError ARGUS_STREAM_BLOCKED, _UNSUPPORTED, _UNRESOLVED, _UNREACHABLE, _TIMEOUT, _STATUS, _NOT_JPEG, _TOO_LARGE, _BUSY,
   *   _CLOSED; or the signal's reason.
   */
  async snapshot(camera: Camera, { signal }: { signal: AbortSignal }): Promise<CameraSnapshot> {
    if (this.#closed) throw closed();
    const live = camera.stream_kind === "mjpeg" && camera.snapshot_url === null ? this.#hub.latest(camera) : null;
    if (live !== null) return { jpeg: live.jpeg, taken_at: new Date(live.at).toISOString() };
    const { jpeg, taken_at } = await this.#snapshots.get(camera, signal);
    return { jpeg, taken_at };
  }

  /**
   * The camera's moving picture, for cameras of kind mjpeg and jpeg. Resolves with the first picture. The body ends when
   * the signal aborts, its reader returns or the streams are disposed, and throws when the camera is lost for good;
   * whoever does not read it to its end aborts the signal.
   * @throws ArgusError as `snapshot` does.
   */
  async stream(camera: Camera, { signal }: { signal: AbortSignal }): Promise<CameraStream> {
    const body = await this.#hub.join(camera, signal);
    return { content_type: this.#hub.contentType, body };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#hub[Symbol.asyncDispose]();
    await this.#egress[Symbol.asyncDispose]();
    this.#snapshots.clear();
  }
}
