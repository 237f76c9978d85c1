import type { ServerResponse } from "node:http";

import { describe, expect, it } from "vitest";

import { Bench } from "./testing/bench.ts";
import type { Route } from "./testing/camera-server.ts";
import { cameraOf } from "./testing/cameras.ts";
import { join, numbered, REAL_JPEG } from "./testing/pictures.ts";
import { REPEAT_AFTER_MS } from "./viewer.ts";

const signal = (): AbortSignal => new AbortController().signal;
const camera = (bench: Bench, fields = {}) =>
  cameraOf({ stream_url: bench.camera.url("/cam.mjpg?key=secret"), ...fields });
const watch = (bench: Bench, fields = {}, options = { signal: signal() }) =>
  bench.streams.stream(camera(bench, fields), options);
const part = (frame: Uint8Array): Uint8Array => join(["--x\r\nContent-Type: image/jpeg\r\n\r\n", frame, "\r\n"]);

/** Sends nothing by itself; the test holds the response and writes. */
const silent: Route = (_, response) => {
  response.writeHead(200, { "content-type": "multipart/x-mixed-replace; boundary=x" });
  response.flushHeaders();
};

/** Opens the stream and has the camera send its first picture. */
async function start(bench: Bench, fields = {}, options = { signal: signal() }) {
  bench.camera.route("/cam.mjpg", silent);
  const asked = bench.camera.asked();
  const opening = watch(bench, fields, options);
  const upstream = await asked;
  upstream.write(part(numbered(1)));
  const { body, content_type } = await opening;
  return { upstream, content_type, reader: new Reader(body, content_type) };
}

/** Reads a body as a browser would: by its boundary. */
class Reader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #boundary: string;
  #text = "";

  constructor(body: AsyncIterable<Uint8Array>, contentType: string) {
    this.#chunks = body[Symbol.asyncIterator]();
    this.#boundary = `--${contentType.split("boundary=")[1]}\r\n`;
  }

  /** The next part that has come with the boundary behind it. */
  async part(): Promise<{ headers: string; jpeg: Uint8Array }> {
    for (;;) {
      const pieces = this.#text.split(this.#boundary);
      if (pieces.length > 2) {
        this.#text = this.#boundary + pieces.slice(2).join(this.#boundary);
        const [headers = "", ...rest] = (pieces[1] ?? "").split("\r\n\r\n");
        return { headers, jpeg: Buffer.from(rest.join("\r\n\r\n").slice(0, -2), "latin1") };
      }
      const step = await this.#chunks.next();
      if (step.done === true) throw new Error("the body has ended");
      this.#text += Buffer.from(step.value).toString("latin1");
    }
  }

  async jpeg(): Promise<string> {
    return hex((await this.part()).jpeg);
  }

  async ended(): Promise<void> {
    for (;;) if ((await this.#chunks.next()).done === true) return;
  }

  async leave(): Promise<void> {
    await this.#chunks.return?.();
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("an MJPEG stream", () => {
  it("is parts with type, length and time, each ended at once by the next boundary", async () => {
    await using bench = await Bench.start();
    const { reader, content_type } = await start(bench);
    expect(content_type).toMatch(/^multipart\/x-mixed-replace; boundary=[\w-]+$/u);
    const { headers, jpeg } = await reader.part();
    expect(headers).toBe(
      `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\nX-Timestamp: ${(bench.time.clock() / 1000).toFixed(3)}`,
    );
    expect(hex(jpeg)).toBe(hex(numbered(1)));
  });

  it("is opened once for all viewers, and the late ones see the last picture at once", async () => {
    await using bench = await Bench.start();
    const { reader } = await start(bench);
    await reader.part();
    const { body, content_type } = await watch(bench);
    expect(await new Reader(body, content_type).jpeg()).toBe(hex(numbered(1)));
    expect(bench.camera.requests).toHaveLength(1);
  });

  it("lets a slow viewer skip pictures that a quick one sees", async () => {
    await using bench = await Bench.start();
    const { upstream, reader: quick } = await start(bench);
    const { body, content_type } = await watch(bench);
    const slow = new Reader(body, content_type);
    expect(await slow.jpeg()).toBe(hex(numbered(1)));
    await quick.part();
    for (let number = 2; number <= 50; number += 1) {
      upstream.write(part(numbered(number)));
      expect(await quick.jpeg()).toBe(hex(numbered(number)));
    }
    expect(await slow.jpeg()).toBe(hex(numbered(50)));
  });

  it("sends a picture once more when no newer one follows, and only once", async () => {
    await using bench = await Bench.start();
    const { upstream, reader } = await start(bench);
    await reader.part();
    const second = reader.jpeg();
    await bench.time.until(REPEAT_AFTER_MS);
    bench.time.advance(REPEAT_AFTER_MS);
    expect(await second).toBe(hex(numbered(1)));
    const third = reader.jpeg();
    bench.time.advance(REPEAT_AFTER_MS * 10);
    upstream.write(part(numbered(2)));
    expect(await third).toBe(hex(numbered(2)));
  });

  it("closes the camera's socket when the last viewer has gone, after a moment", async () => {
    await using bench = await Bench.start();
    const first = new AbortController();
    const { reader } = await start(bench, {}, { signal: first.signal });
    const second = await watch(bench);
    first.abort(new Error("left"));
    await reader.ended();
    expect(bench.time.pending).not.toContain(2000);
    const other = new Reader(second.body, second.content_type);
    await other.part();
    await other.leave();
    expect(bench.camera.sockets.size).toBe(1);
    expect(bench.time.pending).toContain(2000);
    bench.time.advance(2000);
    await bench.camera.deserted();
    expect(bench.time.pending).toEqual([]);
  });

  it("stays open for a viewer who comes back in that moment", async () => {
    await using bench = await Bench.start();
    const { reader } = await start(bench);
    await reader.leave();
    bench.time.advance(1999);
    const { body, content_type } = await watch(bench);
    bench.time.advance(5000);
    expect(await new Reader(body, content_type).jpeg()).toBe(hex(numbered(1)));
    expect(bench.camera.requests).toHaveLength(1);
  });

  it("is closed at once when everybody has left before the first picture", async () => {
    await using bench = await Bench.start({ "/cam.mjpg": silent });
    const controller = new AbortController();
    const asked = bench.camera.asked();
    const opening = watch(bench, {}, { signal: controller.signal });
    await asked;
    controller.abort(new Error("left"));
    await expect(opening).rejects.toThrow("left");
    await bench.camera.deserted();
  });

  it("ends a viewer who leaves while waiting for a picture", async () => {
    await using bench = await Bench.start();
    const controller = new AbortController();
    const { reader } = await start(bench, {}, { signal: controller.signal });
    await reader.part();
    const waiting = reader.ended();
    controller.abort();
    await waiting;
  });

  it("rejects with what the camera sent instead of a picture, and leaves it alone for a while", async () => {
    await using bench = await Bench.start({ "/cam.mjpg": (_, response) => void response.end("<html>login</html>") });
    const refused = { code: "ARGUS_STREAM_NOT_JPEG", message: expect.stringContaining("an HTML page") };
    await expect(Promise.all([watch(bench), watch(bench)])).rejects.toMatchObject(refused);
    await expect(watch(bench)).rejects.toMatchObject(refused);
    expect(bench.camera.requests).toHaveLength(1);
    bench.time.advance(1000);
    await expect(watch(bench)).rejects.toMatchObject(refused);
    expect(bench.camera.requests).toHaveLength(2);
  });

  it("rejects with the address that is blocked", async () => {
    await using bench = await Bench.start({}, { allow: [] });
    await expect(watch(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_BLOCKED" });
  });

  it.each(["hls", "mp4", "rtsp", "page"] as const)("of kind %s is unsupported", async (stream_kind) => {
    await using bench = await Bench.start();
    await expect(watch(bench, { stream_kind })).rejects.toMatchObject({ code: "ARGUS_STREAM_UNSUPPORTED" });
  });
});

describe("a stream that is lost", () => {
  const hangUp = (upstream: ServerResponse): void => void upstream.destroy();

  it("is opened again, and viewers see the next picture", async () => {
    await using bench = await Bench.start();
    const { upstream, reader } = await start(bench);
    await reader.part();
    const again = bench.camera.asked();
    const next = reader.jpeg();
    hangUp(upstream);
    await bench.time.until(1000, 1001);
    bench.time.advance(1001);
    (await again).write(part(numbered(2)));
    // The first was repeated while there was no other.
    expect([await next, await reader.jpeg()]).toEqual([hex(numbered(1)), hex(numbered(2))]);
  });

  it("never passes on the picture that was cut off", async () => {
    await using bench = await Bench.start();
    const { upstream, reader } = await start(bench);
    await reader.part();
    const again = bench.camera.asked();
    upstream.write(part(numbered(9, 4000)).subarray(0, 2000), () => hangUp(upstream));
    await bench.time.until(1000, 1001);
    bench.time.advance(1001);
    (await again).write(part(numbered(2)));
    expect(await reader.jpeg()).toBe(hex(numbered(2)));
  });

  it("is given up after a number of attempts, and the body ends with the error", async () => {
    await using bench = await Bench.start({}, { limits: { reconnects: 3 } });
    const { upstream, reader } = await start(bench);
    const ended = expect(reader.ended()).rejects.toMatchObject({
      code: "ARGUS_STREAM_STATUS",
      details: { status: 503 },
    });
    bench.camera.route("/cam.mjpg", (_, response) => void response.writeHead(503).end());
    hangUp(upstream);
    for (const seconds of [1, 2, 4]) {
      await bench.time.until(seconds * 1000, seconds * 1000 + 1);
      bench.time.advance(seconds * 1000 + 1);
    }
    await ended;
    expect(bench.camera.requests).toHaveLength(4);
  });

  it("again and again is opened as often, as long as pictures come", async () => {
    await using bench = await Bench.start({}, { limits: { reconnects: 2 } });
    const first = await start(bench);
    const { reader } = first;
    let { upstream } = first;
    await reader.part();
    for (let number = 2; number <= 6; number += 1) {
      const again = bench.camera.asked();
      hangUp(upstream);
      await bench.time.until(1000, 1001);
      bench.time.advance(1001);
      upstream = await again;
      upstream.write(part(numbered(number)));
      expect(await reader.jpeg()).toBe(hex(numbered(number)));
    }
  });

  it("that falls silent is opened again", async () => {
    await using bench = await Bench.start();
    const { reader } = await start(bench);
    await reader.part();
    const again = bench.camera.asked();
    await bench.time.until(20_000);
    bench.time.advance(20_000);
    await bench.time.until(1000, 1001);
    bench.time.advance(1001);
    await again;
  });
});

describe("a refreshed still", () => {
  const counting = (): Route => {
    let number = 0;
    return (_, response) => {
      number += 1;
      response.end(numbered(number));
    };
  };
  const stills = (bench: Bench, fields = {}) =>
    watch(bench, { stream_kind: "jpeg", refresh_s: 2, stream_url: bench.camera.url("/still.jpg"), ...fields });

  it("is a moving picture at the pace of its origin", async () => {
    await using bench = await Bench.start({ "/still.jpg": counting() });
    const { body, content_type } = await stills(bench);
    const reader = new Reader(body, content_type);
    expect(await reader.jpeg()).toBe(hex(numbered(1)));
    for (const number of [2, 3]) {
      await bench.time.until(2000);
      bench.time.advance(2000);
      const seen = [await reader.jpeg()];
      while (!seen.includes(hex(numbered(number)))) seen.push(await reader.jpeg());
    }
    expect(bench.camera.requests).toHaveLength(3);
  });

  it("shares its fetches with snapshots", async () => {
    await using bench = await Bench.start({ "/still.jpg": counting() });
    await stills(bench);
    const still = camera(bench, { stream_kind: "jpeg", refresh_s: 2, stream_url: bench.camera.url("/still.jpg") });
    expect(hex((await bench.streams.snapshot(still, { signal: signal() })).jpeg)).toBe(hex(numbered(1)));
    expect(bench.camera.requests).toHaveLength(1);
  });

  it("that does not change is sent again every ten seconds", async () => {
    await using bench = await Bench.start({ "/still.jpg": (_, response) => void response.end(REAL_JPEG) });
    const { body, content_type } = await stills(bench, { refresh_s: 60 });
    const reader = new Reader(body, content_type);
    const seen: string[] = [];
    const reading = (async () => {
      for (;;) seen.push(await reader.jpeg());
    })().catch(() => undefined);
    for (let round = 1; round <= 3; round += 1) {
      await bench.time.until(10_000);
      bench.time.advance(10_000);
    }
    await bench.time.until(10_000);
    await reader.leave();
    await reading;
    expect(seen.length).toBeGreaterThanOrEqual(4);
    expect(new Set(seen)).toEqual(new Set([hex(REAL_JPEG)]));
    expect(bench.camera.requests).toHaveLength(1);
  });

  it("comes from an origin inside the process, and not from the network", async () => {
    const asked: string[] = [];
    const demo = async (request: Request): Promise<Response> => {
      asked.push(request.url);
      return new Response(Buffer.from(REAL_JPEG));
    };
    const resolve = async (): Promise<never> => {
      throw new Error("a name was resolved");
    };
    await using bench = await Bench.start({}, { resolve, origins: () => new Map([["demo.argus.invalid", demo]]) });
    await stills(bench, { stream_url: "http://demo.argus.invalid/cameras/1/snapshot.jpg" });
    expect(asked).toEqual(["http://demo.argus.invalid/cameras/1/snapshot.jpg"]);
  });
});

describe("limits", () => {
  it("keep the viewers of one camera bounded", async () => {
    await using bench = await Bench.start({}, { limits: { viewersPerCamera: 2 } });
    await start(bench);
    const second = await watch(bench);
    await expect(watch(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_BUSY", retryable: true });
    await new Reader(second.body, second.content_type).leave();
    await expect(watch(bench)).resolves.toBeDefined();
  });

  it("keep the cameras watched at once bounded; one that only lingers makes room", async () => {
    await using bench = await Bench.start({}, { limits: { upstreams: 1 } });
    const { reader } = await start(bench);
    await expect(watch(bench, { id: "test:2" })).rejects.toMatchObject({ code: "ARGUS_STREAM_BUSY" });
    await reader.leave();
    await expect(start(bench, { id: "test:2" })).resolves.toBeDefined();
    while (bench.camera.sockets.size > 1) await bench.camera.left();
    expect(bench.time.pending).not.toContain(2000);
  });

  it("a snapshot of a camera that is being watched costs no second connection", async () => {
    await using bench = await Bench.start();
    await start(bench);
    const { jpeg, taken_at } = await bench.streams.snapshot(camera(bench), { signal: signal() });
    expect(hex(jpeg)).toBe(hex(numbered(1)));
    expect(taken_at).toBe(new Date(bench.time.clock()).toISOString());
    expect(bench.camera.requests).toHaveLength(1);
  });

  it("disposing ends every viewer quietly and leaves neither socket nor timer", async () => {
    await using bench = await Bench.start();
    const { reader } = await start(bench);
    const other = await watch(bench, { id: "test:1" });
    await bench.streams[Symbol.asyncDispose]();
    await Promise.all([reader.ended(), new Reader(other.body, other.content_type).ended()]);
    await bench.camera.deserted();
    expect(bench.time.pending).toEqual([]);
    await expect(watch(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_CLOSED" });
  });
});
