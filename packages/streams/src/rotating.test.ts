import { ArgusError } from "@argus/core";
import { describe, expect, it } from "vitest";

import type { CameraResolver } from "./camera-addresses.ts";
import { Bench } from "./testing/bench.ts";
import type { Route } from "./testing/camera-server.ts";
import { cameraOf } from "./testing/cameras.ts";
import { join, numbered } from "./testing/pictures.ts";

const STAYS = "https://api.example/cameras/1";
const signal = (): AbortSignal => new AbortController().signal;
const part = (number: number): Uint8Array => join(["--x\r\n\r\n", numbered(number), "\r\n--x\r\n"]);
const bytes = (picture: Uint8Array): string => Buffer.from(picture).toString("hex");

/** A source whose camera is found below one path only, which changes; every other answers `status`. */
class Rotation implements CameraResolver {
  readonly asked: (string | undefined)[] = [];
  path = "/1";
  /** What the source keeps saying, whatever has changed meanwhile. */
  said: string | null = null;
  status = 403;
  #bench: Bench | null = null;

  static async start(kind: "jpeg" | "mjpeg", options: { resolver?: CameraResolver } = {}) {
    const rotation = new Rotation();
    const bench = await Bench.start({}, { resolver: rotation, ...options });
    rotation.#bench = bench;
    for (const path of ["/1", "/2", "/3"]) bench.camera.route(path, rotation.#route(path, kind));
    return { bench, rotation, camera: cameraOf({ stream_kind: kind, stream_url: STAYS, refresh_s: 1 }) };
  }

  rotates(): boolean {
    return true;
  }

  async resolve(_: unknown, { refused }: { refused?: string }) {
    this.asked.push(refused === undefined ? undefined : new URL(refused).pathname);
    if (refused !== undefined) this.said = null;
    return { stream_url: this.#bench?.camera.url(this.said ?? this.path) };
  }

  #route(path: string, kind: "jpeg" | "mjpeg"): Route {
    const number = Number(path.slice(1));
    return (_, response) => {
      if (path !== this.path) return void response.writeHead(this.status).end();
      // The same mark at every address: what was kept of one is not the picture of another.
      response.writeHead(200, { etag: '"1"' });
      if (kind === "jpeg") response.end(numbered(number));
      else response.write(part(number));
    };
  }
}

describe("a snapshot of a camera whose address rotates", () => {
  it("is fetched where the source says at that moment", async () => {
    const { bench, rotation, camera } = await Rotation.start("jpeg");
    await using _bench = bench;
    expect(bytes((await bench.streams.snapshot(camera, { signal: signal() })).jpeg)).toBe(bytes(numbered(1)));
    rotation.path = "/2";
    bench.time.advance(1000);
    expect(bytes((await bench.streams.snapshot(camera, { signal: signal() })).jpeg)).toBe(bytes(numbered(2)));
    expect(rotation.asked).toEqual([undefined, undefined]);
    expect(bench.camera.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, undefined]);
  });

  it.each([401, 403, 404, 410])("asks for another address when the origin answers %i to this one", async (status) => {
    const { bench, rotation, camera } = await Rotation.start("jpeg");
    await using _bench = bench;
    Object.assign(rotation, { said: "/1", path: "/2", status });
    expect(bytes((await bench.streams.snapshot(camera, { signal: signal() })).jpeg)).toBe(bytes(numbered(2)));
    expect(rotation.asked).toEqual([undefined, "/1"]);
  });

  it("asks for no third, and for no other after any other failure", async () => {
    const { bench, rotation, camera } = await Rotation.start("jpeg");
    await using _bench = bench;
    rotation.path = "/none";
    await expect(bench.streams.snapshot(camera, { signal: signal() })).rejects.toMatchObject({
      code: "ARGUS_STREAM_STATUS",
    });
    Object.assign(rotation, { said: "/1", path: "/2", status: 500 });
    bench.time.advance(60_000);
    await expect(bench.streams.snapshot(camera, { signal: signal() })).rejects.toMatchObject({
      details: { status: 500 },
    });
    expect(rotation.asked).toEqual([undefined, "/none", undefined]);
  });

  it.each([
    [
      "fails",
      async () => Promise.reject(new ArgusError("ARGUS_SOURCE_NO_PICTURE", "it is night", { retryable: true })),
      true,
    ],
    [
      "throws",
      () => {
        throw new TypeError("it is night");
      },
      false,
    ],
  ])("names the camera and its source when that %s, and says why", async (_, resolve, retryable) => {
    const { bench, camera } = await Rotation.start("jpeg", { resolver: { rotates: () => true, resolve } });
    await using _bench = bench;
    await expect(bench.streams.snapshot(camera, { signal: signal() })).rejects.toMatchObject({
      code: "ARGUS_STREAM_UNRESOLVED",
      retryable,
      message: expect.stringMatching(/source "test".*camera test:1.*it is night/u),
      details: { id: "test:1", source_id: "test" },
    });
  });

  it("does not wait for a source without end, and hangs up", async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const resolver: CameraResolver = {
      rotates: () => true,
      resolve: async (_, options) => {
        asked.resolve(options.signal);
        return await new Promise(() => {});
      },
    };
    const { bench, camera } = await Rotation.start("jpeg", { resolver });
    await using _bench = bench;
    const snapshot = bench.streams.snapshot(camera, { signal: signal() });
    const hears = await asked.promise;
    bench.time.advance(30_000);
    await expect(snapshot).rejects.toMatchObject({ code: "ARGUS_STREAM_UNRESOLVED", retryable: true });
    expect(hears.aborted).toBe(true);
  });

  it("is guarded like any other: what the source says may be no private address", async () => {
    const resolve = async () => ({ stream_url: "http://169.254.169.254/latest" });
    const { bench, camera } = await Rotation.start("jpeg", { resolver: { rotates: () => true, resolve } });
    await using _bench = bench;
    await expect(bench.streams.snapshot(camera, { signal: signal() })).rejects.toMatchObject({
      code: "ARGUS_STREAM_BLOCKED",
    });
  });

  it("is asked of no source whose cameras stay where they are", async () => {
    const resolver = { rotates: () => false, resolve: () => Promise.reject(new Error("nobody asked")) };
    const { bench } = await Rotation.start("jpeg", { resolver });
    await using _bench = bench;
    bench.camera.route("/still", (_, response) => void response.end(numbered(7)));
    const camera = cameraOf({ stream_kind: "jpeg", stream_url: bench.camera.url("/still") });
    expect(bytes((await bench.streams.snapshot(camera, { signal: signal() })).jpeg)).toBe(bytes(numbered(7)));
  });
});

describe("a stream of a camera whose address rotates", () => {
  it("is opened again at the new address, on the channel that everybody watches", async () => {
    const { bench, rotation, camera } = await Rotation.start("mjpeg");
    await using _bench = bench;
    const { body } = await bench.streams.stream(camera, { signal: signal() });
    const pictures = body[Symbol.asyncIterator]();
    const next = async (number: number): Promise<void> => {
      for (;;) {
        const { value } = (await pictures.next()) as { value: Uint8Array };
        if (bytes(value).includes(bytes(numbered(number)))) return;
      }
    };
    await next(1);
    rotation.path = "/2";
    rotation.said = "/1";
    for (const socket of bench.camera.sockets) socket.destroy();
    await bench.time.until(1001);
    bench.time.advance(1001);
    await next(2);
    expect(rotation.asked).toEqual([undefined, undefined, "/1"]);
    const upstreams = bench.camera.sockets.size;
    await bench.streams.stream(camera, { signal: signal() });
    expect([rotation.asked.length, bench.camera.sockets.size]).toEqual([3, upstreams]);
  });
});
