import type { ServedOrigin } from "@argus/source-sdk";

import { cameraAt, type DemoCamera } from "./cameras.ts";
import { renderFrame } from "./frame.ts";
import { frameStream, MULTIPART_TYPE } from "./frame-stream.ts";
import type { Place } from "./places.ts";
import type { DemoOptions } from "./schema.ts";

const MS_PER_SECOND = 1000;
const TEXT = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

export type OriginParts = {
  /** Draws one JPEG of a place at a time in milliseconds since 1970. */
  draw?: (place: Place, timeMs: number) => Promise<Uint8Array>;
  clock?: () => number;
};

type Drawn = { at: number; jpeg: Promise<Uint8Array> };

/**
 * The demonstration's own origin: answers with pictures it draws. It draws while somebody reads and at no other time,
 * and all who watch a camera at the same moment get the same frame.
 */
export function openDemoOrigin(options: DemoOptions, parts: OriginParts = {}): ServedOrigin {
  const { draw = renderFrame, clock = Date.now } = parts;
  const base = new URL(options.base_url);
  const prefix = base.pathname.replace(/\/$/u, "");
  const tickMs = MS_PER_SECOND / options.frames_per_second;
  const closing = new AbortController();
  // One frame a camera, so that this is bounded by the number of cameras.
  const latest = new Map<string, Drawn>();
  const drawing = new Set<Promise<unknown>>();

  function frameOf(place: Place, at: number): Promise<Uint8Array> {
    const known = latest.get(place.slug);
    if (known?.at === at) return known.jpeg;
    const jpeg = draw(place, at);
    latest.set(place.slug, { at, jpeg });
    // A failed frame is forgotten, so that the next viewer has it drawn again; whoever asked hears of the failure.
    const settled: Promise<void> = jpeg
      .catch(() => void latest.delete(place.slug))
      .then(() => void drawing.delete(settled));
    drawing.add(settled);
    return jpeg;
  }

  async function snapshot({ place, refresh_s }: DemoCamera): Promise<Response> {
    const everyMs = refresh_s === null ? tickMs : refresh_s * MS_PER_SECOND;
    const at = startOf(clock(), everyMs);
    const jpeg = await frameOf(place, at);
    const headers = {
      "content-type": "image/jpeg",
      "content-length": String(jpeg.byteLength),
      "last-modified": new Date(at).toUTCString(),
      "cache-control": "no-store",
    };
    return new Response(new Uint8Array(jpeg), { headers });
  }

  function stream({ place }: DemoCamera, viewer: AbortSignal): Response {
    const body = frameStream({
      frame: (at) => frameOf(place, at),
      tickMs,
      clock,
      signal: AbortSignal.any([viewer, closing.signal]),
    });
    return new Response(body, { headers: { "content-type": MULTIPART_TYPE, "cache-control": "no-store" } });
  }

  async function handle(request: Request): Promise<Response> {
    if (closing.signal.aborted) return refuse(503, "the demo origin is closed; open it again");
    if (request.method !== "GET") return refuse(405, `${request.method} is not answered here; use GET`);
    const { pathname } = new URL(request.url);
    const asked = pathname.startsWith(prefix) ? cameraAt(pathname.slice(prefix.length)) : null;
    if (asked === null) return refuse(404, notFound(pathname));
    if (!asked.moving) return snapshot(asked.camera);
    return stream(asked.camera, request.signal);
  }

  return {
    host: base.host,
    handle,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.all(drawing);
      latest.clear();
    },
  };
}

/** The start of the interval that `timeMs` is in. */
function startOf(timeMs: number, everyMs: number): number {
  return Math.floor(timeMs / everyMs) * everyMs;
}

function notFound(path: string): string {
  return `no demo camera answers ${path.slice(0, 200)}; there are /cameras/<id>/snapshot.jpg, and /cameras/<id>/stream.mjpg for those of kind mjpeg`;
}

function refuse(status: number, message: string): Response {
  return new Response(`${message}\n`, { status, headers: status === 405 ? { ...TEXT, allow: "GET" } : TEXT });
}
