import type { CameraInput } from "@argus/core/contract";

import { whyNotPublic } from "./public-host.ts";
import { credentialIn } from "./redact.ts";

const ADDRESSES = ["stream_url", "snapshot_url", "page_url"] as const;
const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);

export type RefusalOptions = {
  sourceId: string;
  /** Whether an id (the origin's own) was listed in this scrape already. */
  isListed?: (id: string) => boolean;
  /** Addresses that the user opened by name, as a network of their own; nothing is said against their hosts. */
  isOpened?: (url: URL) => boolean;
  /**
   * Whether the addresses are those of the moment, which `resolve` tells and nobody stores: an origin may have signed them for
   * a while. A password is none of that.
   */
  isForNow?: boolean;
};

/**
 * Why a camera may not enter the registry, whatever its source says; null when it may. The reason names the field and no
 * secret. These rules hold for every source: a camera behind a credential or inside somebody's network is not public.
 */
export function refusalOf(
  camera: Pick<CameraInput, "id" | (typeof ADDRESSES)[number]>,
  options: RefusalOptions,
): string | null {
  for (const field of ADDRESSES) {
    const address = camera[field] ?? null;
    const problem = address === null ? null : problemWith(address, options);
    if (problem !== null) return `${field} ${problem}`;
  }
  if (camera.id.startsWith(`${options.sourceId}:`)) {
    return `the id carries the source's own prefix "${options.sourceId}:"; emit what the origin calls it`;
  }
  return options.isListed?.(camera.id) === true ? "duplicate id" : null;
}

function problemWith(address: string, { isOpened, isForNow = false }: RefusalOptions): string | null {
  const url = URL.parse(address);
  if (url === null) return "is no absolute URL";
  if (!WEB_PROTOCOLS.has(url.protocol)) return `is ${url.protocol.slice(0, 20)} and neither http nor https`;
  const credential = credentialIn(url, { signed: isForNow });
  if (credential !== null) return `carries a ${credential}: a camera behind a credential is not public`;
  const why = isOpened?.(url) === true ? null : whyNotPublic(url);
  return why === null ? null : `names the host ${url.hostname.slice(0, 100)}, which ${why}`;
}
