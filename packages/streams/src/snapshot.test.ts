import { createServer, type Server } from "node:net";

import { describe, expect, it } from "vitest";

import { Bench } from "./testing/bench.ts";
import type { Route } from "./testing/camera-server.ts";
import { cameraOf } from "./testing/cameras.ts";
import { join, numbered, picture, REAL_JPEG } from "./testing/pictures.ts";

const signal = (): AbortSignal => new AbortController().signal;
const send =
  (body: Uint8Array | string, headers: Record<string, string> = {}, status = 200): Route =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "image/jpeg", ...headers }).end(body);
const still = (bench: Bench, fields = {}) =>
  cameraOf({ stream_kind: "jpeg", stream_url: bench.camera.url("/still.jpg?key=secret"), ...fields });
const snap = (bench: Bench, fields = {}) => bench.streams.snapshot(still(bench, fields), { signal: signal() });

describe("a snapshot", () => {
  it("is the whole picture, taken when the origin says", async () => {
    const modified = "Wed, 31 Dec 2025 23:00:00 GMT";
    await using bench = await Bench.start({
      "/still.jpg": send(REAL_JPEG, { "last-modified": modified, "content-type": "text/plain" }),
    });
    const { jpeg, taken_at } = await snap(bench);
    expect(Buffer.from(jpeg).equals(REAL_JPEG)).toBe(true);
    expect(taken_at).toBe("2025-12-31T23:00:00.000Z");
  });

  it.each([undefined, "not a date", "Fri, 01 Jan 2100 00:00:00 GMT"])(
    "is taken now where the origin's Last-Modified is %s",
    async (modified) => {
      await using bench = await Bench.start({
        "/still.jpg": send(REAL_JPEG, modified === undefined ? {} : { "last-modified": modified }),
      });
      expect((await snap(bench)).taken_at).toBe(new Date(bench.time.clock()).toISOString());
    },
  );

  it("is the picture alone, without what an origin puts round it", async () => {
    const frame = picture({ app1: [join(["Exif\0\0", REAL_JPEG])] });
    await using bench = await Bench.start({ "/still.jpg": send(join(["\r\n", frame, "trailing bytes"])) });
    expect(Buffer.from((await snap(bench)).jpeg).equals(frame)).toBe(true);
  });

  it("comes from snapshot_url first, whatever the kind", async () => {
    await using bench = await Bench.start({ "/snap.jpg": send(REAL_JPEG) });
    for (const stream_kind of ["jpeg", "mjpeg", "hls", "page"] as const) {
      const camera = { id: `test:${stream_kind}`, stream_kind, snapshot_url: bench.camera.url("/snap.jpg") };
      expect((await snap(bench, camera)).jpeg).toHaveLength(REAL_JPEG.length);
    }
  });

  it.each(["hls", "mp4", "rtsp", "page"] as const)(
    "of kind %s without a snapshot_url is unsupported",
    async (stream_kind) => {
      await using bench = await Bench.start();
      await expect(snap(bench, { stream_kind })).rejects.toMatchObject({
        code: "ARGUS_STREAM_UNSUPPORTED",
        retryable: false,
      });
      expect(bench.camera.requests).toEqual([]);
    },
  );

  it("of an MJPEG camera is its first whole picture, and the stream is closed", async () => {
    const frames = join(["--x\r\n\r\n", numbered(1), "\r\n--x\r\n\r\n", numbered(2)]);
    await using bench = await Bench.start({ "/cam.mjpg": (_, response) => void response.write(frames) });
    const { jpeg } = await snap(bench, { stream_kind: "mjpeg", stream_url: bench.camera.url("/cam.mjpg") });
    expect(Buffer.from(jpeg).equals(numbered(1))).toBe(true);
    await bench.camera.deserted();
  });
});

describe("what is no snapshot", () => {
  it.each([
    ["an HTML page", "  <!DOCTYPE html><p>camera offline</p>", false, /an HTML page/u],
    ["a PNG", "\u0089PNG\r\n\u001a\n....", false, /a PNG image/u],
    ["a GIF", "GIF89a......", false, /a GIF image/u],
    ["JSON", '{"error":"no"}', false, /JSON/u],
    ["text", "camera offline", false, /14 bytes said to be image\/jpeg/u],
    ["nothing", "", true, /empty/u],
    ["a cut picture", REAL_JPEG.subarray(0, 200), true, /cut off after 200 bytes/u],
  ])("%s is named", async (_, body, retryable, message) => {
    await using bench = await Bench.start({
      "/still.jpg": send(typeof body === "string" ? Buffer.from(body, "latin1") : body),
    });
    const error: unknown = await snap(bench).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "ARGUS_STREAM_NOT_JPEG", retryable, message: expect.stringMatching(message) });
    expect(error).toMatchObject({ message: expect.stringContaining(`127.0.0.1:${bench.camera.port}`) });
    expect(String(error)).not.toContain("secret");
  });

  it("ends at an HTML page that never ends", async () => {
    await using bench = await Bench.start({ "/still.jpg": (_, response) => void response.write("<html>") });
    await expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_NOT_JPEG" });
    await bench.camera.deserted();
  });

  it.each([
    [404, false],
    [403, false],
    [429, true],
    [503, true],
  ])("status %i is the answer, retryable %s", async (status, retryable) => {
    await using bench = await Bench.start({ "/still.jpg": send(REAL_JPEG, {}, status) });
    await expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_STATUS", retryable, details: { status } });
    await bench.camera.deserted();
  });

  it("is larger than allowed", async () => {
    await using bench = await Bench.start({ "/still.jpg": send(numbered(1, 5000)) }, { limits: { frameBytes: 4000 } });
    await expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_TOO_LARGE", retryable: false });
  });

  it("goes on without end and without a picture", async () => {
    const pour: Route = (_, response) => {
      const more = (): void => {
        while (response.write("x".repeat(1000)));
      };
      response.on("drain", more);
      more();
    };
    await using bench = await Bench.start({ "/still.jpg": pour }, { limits: { frameBytes: 10_000 } });
    await expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_NOT_JPEG" });
    await bench.camera.deserted();
  });

  it("trickles in slower than a picture may take, though it never falls silent", async () => {
    await using bench = await Bench.start({
      "/still.jpg": (_, response) => void response.write(REAL_JPEG.subarray(0, 2)),
    });
    const asked = bench.camera.asked();
    const work = snap(bench);
    const failed = expect(work).rejects.toMatchObject({ code: "ARGUS_STREAM_TIMEOUT", retryable: true });
    const response = await asked;
    for (let step = 2; step < 6; step += 1) {
      await bench.time.until(20_000);
      bench.time.advance(10_000);
      response.write(REAL_JPEG.subarray(step, step + 1));
    }
    await failed;
  });

  it("comes from something that does not speak HTTP", async () => {
    await using bench = await Bench.start();
    const server: Server = createServer((socket) => void socket.end("SSH-2.0-OpenSSH_9.9\r\n")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await expect(snap(bench, { stream_url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNREACHABLE",
      message: expect.stringContaining("HTTP"),
    });
    server.close();
  });
});

describe("keeping snapshots", () => {
  it("asks the origin once for callers at the same time, and again when the picture is old", async () => {
    await using bench = await Bench.start({ "/still.jpg": send(REAL_JPEG) });
    await Promise.all([snap(bench), snap(bench), snap(bench)]);
    bench.time.advance(4999);
    await snap(bench);
    expect(bench.camera.requests).toHaveLength(1);
    bench.time.advance(1);
    await snap(bench);
    expect(bench.camera.requests).toHaveLength(2);
  });

  it.each([
    [0.1, 1],
    [2, 2],
    [3600, 60],
    [null, 5],
  ])("keeps one of refresh_s %s for %i s", async (refresh_s, seconds) => {
    await using bench = await Bench.start({ "/still.jpg": send(REAL_JPEG) });
    await snap(bench, { refresh_s });
    bench.time.advance(seconds * 1000 - 1);
    await snap(bench, { refresh_s });
    expect(bench.camera.requests).toHaveLength(1);
    bench.time.advance(1);
    await snap(bench, { refresh_s });
    expect(bench.camera.requests).toHaveLength(2);
  });

  it("asks whether there is a newer one, and keeps the time of the former when not", async () => {
    const route: Route = (request, response) => {
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(REAL_JPEG);
    };
    await using bench = await Bench.start({ "/still.jpg": route });
    const first = await snap(bench);
    bench.time.advance(5000);
    expect(await snap(bench)).toEqual(first);
    expect(bench.camera.requests).toHaveLength(2);
  });

  it("gives each caller the true error and leaves a dead camera alone for longer and longer", async () => {
    await using bench = await Bench.start();
    const fail = () =>
      expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_STATUS", details: { status: 404 } });
    await fail();
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      const before = bench.camera.requests.length;
      bench.time.advance(seconds * 1000 - 1);
      await Promise.all([fail(), fail()]);
      expect(bench.camera.requests).toHaveLength(before);
      bench.time.advance(1);
      await Promise.all([fail(), fail()]);
      expect(bench.camera.requests).toHaveLength(before + 1);
    }
    bench.camera.route("/still.jpg", send(REAL_JPEG));
    bench.time.advance(60_000);
    await expect(snap(bench)).resolves.toBeDefined();
    // Once it has worked, the count begins anew.
    bench.camera.route("/still.jpg", send("", {}, 404));
    bench.time.advance(5000);
    await fail();
    const before = bench.camera.requests.length;
    bench.time.advance(1000);
    await fail();
    expect(bench.camera.requests).toHaveLength(before + 1);
  });

  it("is not asked for at the former URL's memory after a rescrape", async () => {
    await using bench = await Bench.start({ "/new.jpg": send(REAL_JPEG) });
    await expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_STATUS" });
    await expect(snap(bench, { stream_url: bench.camera.url("/new.jpg") })).resolves.toBeDefined();
  });

  it("one caller's leaving does not end the fetch for the others; the last one's does, and is no failure", async () => {
    await using bench = await Bench.start();
    bench.camera.route("/still.jpg", () => undefined);
    const asked = bench.camera.asked();
    const leaver = new AbortController();
    const leaving = bench.streams.snapshot(still(bench), { signal: leaver.signal });
    const staying = snap(bench);
    const response = await asked;
    leaver.abort(new Error("left"));
    await expect(leaving).rejects.toThrow("left");
    response.end(REAL_JPEG);
    await expect(staying).resolves.toBeDefined();
    expect(bench.camera.requests).toHaveLength(1);

    bench.time.advance(5000);
    const last = new AbortController();
    const again = bench.camera.asked();
    const alone = bench.streams.snapshot(still(bench), { signal: last.signal });
    await again;
    last.abort(new Error("left too"));
    await expect(alone).rejects.toThrow("left too");
    await bench.camera.deserted();
    bench.camera.route("/still.jpg", send(REAL_JPEG));
    await expect(snap(bench)).resolves.toBeDefined();
  });

  it("forgets the longest unused beyond its room", async () => {
    await using bench = await Bench.start(
      { "/still.jpg": send(REAL_JPEG) },
      { limits: { snapshotBytes: REAL_JPEG.length * 2 } },
    );
    for (const id of ["test:1", "test:2", "test:1", "test:3", "test:1", "test:2"]) await snap(bench, { id });
    expect(bench.camera.requests).toHaveLength(4);
  });

  it("is busy past the fetches allowed at once", async () => {
    await using bench = await Bench.start({}, { limits: { snapshotFetches: 1 } });
    bench.camera.route("/still.jpg", () => undefined);
    const asked = bench.camera.asked();
    const first = snap(bench);
    const response = await asked;
    await expect(snap(bench, { id: "test:2" })).rejects.toMatchObject({ code: "ARGUS_STREAM_BUSY", retryable: true });
    response.end(REAL_JPEG);
    await first;
    await expect(snap(bench, { id: "test:1" })).resolves.toBeDefined();
  });

  it("ends with the streams", async () => {
    await using bench = await Bench.start();
    bench.camera.route("/still.jpg", () => undefined);
    const asked = bench.camera.asked();
    const waiting = snap(bench);
    const ended = expect(waiting).rejects.toMatchObject({ code: "ARGUS_STREAM_CLOSED" });
    await asked;
    await bench.streams[Symbol.asyncDispose]();
    await ended;
    await bench.camera.deserted();
    await expect(snap(bench)).rejects.toMatchObject({ code: "ARGUS_STREAM_CLOSED" });
    expect(bench.time.pending).toEqual([]);
  });
});
