import { describe, expect, it, vi } from "vitest";

import { openDemoOrigin, type OriginParts } from "./origin.ts";
import { DemoOptions } from "./schema.ts";

const STREAM = "http://demo.argus.invalid/cameras/westminster-bridge/stream.mjpg";
const SNAPSHOT = "http://demo.argus.invalid/cameras/westminster-bridge/snapshot.jpg";
const STILL = "http://demo.argus.invalid/cameras/boulevard-peripherique/snapshot.jpg";

function open(parts: OriginParts = {}, options: Partial<DemoOptions> = {}) {
  return openDemoOrigin(DemoOptions.parse({ frames_per_second: 15, ...options }), parts);
}

/** Draws nothing, and counts. */
function fakeDraw() {
  return vi.fn<NonNullable<OriginParts["draw"]>>(async (_, at) => Buffer.from(`frame of ${at}`));
}

function readerOf(response: Response) {
  return (response.body as ReadableStream<Uint8Array>).getReader();
}

describe("a snapshot", () => {
  it("is one whole JPEG with its length and time", async () => {
    await using origin = open({ clock: () => Date.UTC(2026, 5, 1, 12, 0, 1, 500) });
    const response = await origin.handle(new Request(SNAPSHOT));
    const jpeg = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("content-length")).toBe(String(jpeg.length));
    expect(response.headers.get("last-modified")).toBe("Mon, 01 Jun 2026 12:00:01 GMT");
    expect(jpeg.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
  });

  it("of a still camera stays the same until its refresh", async () => {
    let now = 10_000;
    const draw = fakeDraw();
    await using origin = open({ draw, clock: () => now });
    const text = async () => (await origin.handle(new Request(STILL))).text();
    const first = await text();
    now = 11_999;
    expect(await text()).toBe(first);
    expect(draw).toHaveBeenCalledTimes(1);
    now = 12_000;
    expect(await text()).toBe("frame of 12000");
  });

  it("is drawn once for all who ask at the same time", async () => {
    const draw = fakeDraw();
    await using origin = open({ draw, clock: () => 1000 });
    await Promise.all([1, 2, 3].map(() => origin.handle(new Request(SNAPSHOT))));
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it("that failed is drawn again", async () => {
    const draw = fakeDraw().mockRejectedValueOnce(new Error("no memory"));
    await using origin = open({ draw, clock: () => 1000 });
    await expect(origin.handle(new Request(SNAPSHOT))).rejects.toThrow("no memory");
    expect((await origin.handle(new Request(SNAPSHOT))).status).toBe(200);
  });
});

describe("a stream", () => {
  it("sends parts that carry their length, and whose frames differ", async () => {
    await using origin = open();
    const response = await origin.handle(new Request(STREAM));
    expect(response.headers.get("content-type")).toBe("multipart/x-mixed-replace; boundary=argus-frame");
    const reader = readerOf(response);
    const frames: string[] = [];
    for (let part = 0; part < 2; part += 1) {
      const bytes = Buffer.from((await reader.read()).value ?? []);
      const head = /^--argus-frame\r\nContent-Type: image\/jpeg\r\nContent-Length: (\d+)\r\n\r\n/u.exec(
        bytes.toString("latin1"),
      )!;
      const jpeg = bytes.subarray(head[0].length, head[0].length + Number(head[1]));
      expect(bytes.subarray(head[0].length + jpeg.length).toString("latin1")).toBe("\r\n");
      expect(jpeg.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
      frames.push(jpeg.toString("base64"));
    }
    expect(frames[0]).not.toBe(frames[1]);
    await reader.cancel();
  });

  it("draws nothing until somebody reads, and one frame a read", async () => {
    const draw = fakeDraw();
    await using origin = open({ draw });
    const reader = readerOf(await origin.handle(new Request(STREAM)));
    expect(draw).not.toHaveBeenCalled();
    await reader.read();
    await reader.read();
    expect(draw).toHaveBeenCalledTimes(2);
    await reader.cancel();
  });

  it("gives a slow reader the present, not the past", async () => {
    let now = 60_000;
    const draw = fakeDraw();
    await using origin = open({ draw, clock: () => now }, { frames_per_second: 10 });
    const reader = readerOf(await origin.handle(new Request(STREAM)));
    await reader.read();
    now = 90_000;
    await reader.read();
    expect(draw.mock.calls.map(([, at]) => at)).toEqual([60_000, 90_000]);
    await reader.cancel();
  });

  it("stops drawing and ends when its viewer leaves", async () => {
    const draw = fakeDraw();
    await using origin = open({ draw, clock: () => 60_000 });
    const viewer = new AbortController();
    const reader = readerOf(await origin.handle(new Request(STREAM, { signal: viewer.signal })));
    await reader.read();
    // With the clock standing still the next frame is never due.
    const next = reader.read();
    viewer.abort();
    expect((await next).done).toBe(true);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it("ends at once for a viewer who has left already", async () => {
    const draw = fakeDraw();
    await using origin = open({ draw });
    const reader = readerOf(await origin.handle(new Request(STREAM, { signal: AbortSignal.abort() })));
    expect((await reader.read()).done).toBe(true);
    expect(draw).not.toHaveBeenCalled();
  });

  it("breaks off when a frame cannot be drawn", async () => {
    await using origin = open({ draw: fakeDraw().mockRejectedValue(new Error("no memory")) });
    const reader = readerOf(await origin.handle(new Request(STREAM)));
    await expect(reader.read()).rejects.toThrow("no memory");
  });
});

describe("disposing", () => {
  it("ends open streams, waits for the frame being drawn, and answers nobody after", async () => {
    const drawn = Promise.withResolvers<Uint8Array>();
    const begun = Promise.withResolvers<void>();
    const origin = open({
      draw: () => {
        begun.resolve();
        return drawn.promise;
      },
    });
    const reader = readerOf(await origin.handle(new Request(STREAM)));
    const read = reader.read();
    await begun.promise;
    let closed = false;
    const closing = origin[Symbol.asyncDispose]().then(() => (closed = true));
    expect((await read).done).toBe(true);
    expect(closed).toBe(false);
    drawn.resolve(Buffer.from("late"));
    await closing;
    expect((await origin.handle(new Request(SNAPSHOT))).status).toBe(503);
  });
});

describe("anything else", () => {
  it.each([
    "/",
    "/cameras/nowhere/snapshot.jpg",
    "/cameras/boulevard-peripherique/stream.mjpg",
    "/cameras/westminster-bridge/snapshot.png",
    "/cameras/../snapshot.jpg",
    "/cameras/constructor/snapshot.jpg",
  ])("%s is not found, and says what there is", async (path) => {
    await using origin = open();
    const response = await origin.handle(new Request(`http://demo.argus.invalid${path}`));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("snapshot.jpg");
  });

  it("refuses to be written to", async () => {
    await using origin = open();
    expect((await origin.handle(new Request(SNAPSHOT, { method: "POST" }))).status).toBe(405);
  });

  it("answers below the path of its base_url", async () => {
    await using origin = open({ draw: fakeDraw() }, { base_url: "http://cameras.example.org/demo" });
    expect(origin.host).toBe("cameras.example.org");
    const ask = async (url: string) => (await origin.handle(new Request(url))).status;
    expect(await ask("http://cameras.example.org/demo/cameras/kuta/snapshot.jpg")).toBe(200);
    expect(await ask("http://cameras.example.org/cameras/kuta/snapshot.jpg")).toBe(404);
  });
});
