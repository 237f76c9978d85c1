import { type Camera, isArgusError } from "@argus/core";

import { unresolved, unsupported } from "./errors.ts";
import { race, type Timer } from "./timer.ts";

// What origins answer when an address has expired, or was given to somebody else.
const REFUSED: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** A camera's addresses as they are just now; each stands in the place of the registry's. */
export type PresentAddresses = { stream_url?: string | undefined; snapshot_url?: string | undefined };

/** Tells where pictures are of cameras whose addresses rotate. */
export type CameraResolver = {
  /** Whether a camera is one of those; the others are opened where the registry says. */
  rotates(camera: Camera): boolean;
  /**
   * Asked before each fetch, so it keeps what it knows for as long as that holds.
   * @param options.refused the address of the last answer, when the origin has refused it.
   */
  resolve(camera: Camera, options: { signal: AbortSignal; refused?: string }): Promise<PresentAddresses>;
};

/** Where one camera's pictures are. */
export type Address = {
  /** Stays the same while addresses rotate, and changes when a scrape gives the camera another. */
  readonly key: string;
  /** For messages. */
  readonly host: string;
  /**
   * Does `work` with the address. Where that has expired, the source is asked for another, and the work done once more.
   * @throws what `work` throws; ArgusError ARGUS_STREAM_UNRESOLVED, _UNSUPPORTED; or the signal's reason.
   */
  with<Result>(signal: AbortSignal, work: (url: string) => Promise<Result>): Promise<Result>;
};

export type CameraAddressesOptions = { resolver: CameraResolver | null; resolveMs: number; timer: Timer };

type UrlOf = (camera: Camera) => string | null;

/** Where cameras' pictures are: as the registry holds it, or as the source says when somebody looks. */
export class CameraAddresses {
  readonly #options: CameraAddressesOptions;

  constructor(options: CameraAddressesOptions) {
    this.#options = options;
  }

  /** @throws ArgusError ARGUS_STREAM_UNSUPPORTED */
  snapshot(camera: Camera): Address {
    return this.#addressOf(camera, snapshotUrl, "snapshot");
  }

  /** @throws ArgusError ARGUS_STREAM_UNSUPPORTED */
  stream(camera: Camera): Address {
    return this.#addressOf(camera, streamUrl, "stream");
  }

  #addressOf(camera: Camera, urlOf: UrlOf, wanted: "snapshot" | "stream"): Address {
    const stored = urlOf(camera);
    const { resolver } = this.#options;
    const rotates = resolver?.rotates(camera) ?? false;
    if (stored === null && !(rotates && isShown(camera))) throw unsupported(camera, wanted);
    return {
      key: `${camera.id} ${camera.stream_kind} ${stored}`,
      host: URL.parse(stored ?? "")?.host ?? camera.id,
      with: async (signal, work) => {
        if (!rotates && stored !== null) return await work(stored);
        const urlNow = async (refused?: string): Promise<string> => {
          const url = urlOf(withAddresses(camera, await this.#resolve(camera, signal, refused)));
          if (url === null) throw unsupported(camera, wanted);
          return url;
        };
        return await withOneMoreTry(urlNow, work);
      },
    };
  }

  async #resolve(camera: Camera, outer: AbortSignal, refused: string | undefined): Promise<PresentAddresses> {
    const { resolver, resolveMs: ms, timer } = this.#options;
    const over = new AbortController();
    const signal = AbortSignal.any([outer, over.signal]);
    const late = (): Error => unresolved(camera, `it did not say so within ${ms} ms`, { retryable: true });
    try {
      const asked = resolver?.resolve(camera, { signal, ...(refused === undefined ? {} : { refused }) });
      return (await race(Promise.resolve(asked), { signal: outer, deadline: { ms, timer, late } })) ?? {};
    } catch (error) {
      outer.throwIfAborted();
      throw isArgusError(error) && error.code === "ARGUS_STREAM_UNRESOLVED" ? error : explained(camera, error);
    } finally {
      over.abort();
    }
  }
}

async function withOneMoreTry<Result>(
  urlNow: (refused?: string) => Promise<string>,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const url = await urlNow();
  try {
    return await work(url);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const other = await urlNow(url);
    if (other === url) throw error;
    return await work(other);
  }
}

function isRefusal(error: unknown): boolean {
  if (!isArgusError(error) || error.code !== "ARGUS_STREAM_STATUS") return false;
  const { details } = error;
  const status = typeof details === "object" && details !== null && "status" in details ? details.status : null;
  return typeof status === "number" && REFUSED.has(status);
}

/** The camera with the addresses that were given; one that was not must not hide the registry's. */
function withAddresses(camera: Camera, { stream_url, snapshot_url }: PresentAddresses): Camera {
  return {
    ...camera,
    ...(stream_url === undefined ? {} : { stream_url }),
    ...(snapshot_url === undefined ? {} : { snapshot_url }),
  };
}

function explained(camera: Camera, error: unknown): Error {
  const reason = error instanceof Error ? error.message : "for a reason it does not tell";
  return unresolved(camera, reason, { cause: error, retryable: isArgusError(error) && error.retryable });
}

function isShown({ stream_kind }: Camera): boolean {
  return stream_kind === "jpeg" || stream_kind === "mjpeg";
}

function snapshotUrl(camera: Camera): string | null {
  return camera.snapshot_url ?? (isShown(camera) ? camera.stream_url : null);
}

function streamUrl({ stream_kind, stream_url, snapshot_url }: Camera): string | null {
  if (stream_kind === "mjpeg") return stream_url;
  return stream_kind === "jpeg" ? (snapshot_url ?? stream_url) : null;
}
