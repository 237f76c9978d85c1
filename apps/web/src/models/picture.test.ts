import type { Camera } from "@argus/core";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";

import { Picture, staleAfterMs } from "./picture.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const cameraOf = (id: string, stream_kind: Camera["stream_kind"] = "mjpeg") =>
  ({ id, stream_kind, refresh_s: null }) as Camera;

function harness(explained: Error | null = null) {
  const time = { now: 1000 };
  const camera = signal<Camera | null>(cameraOf("demo:1"));
  const inSight = signal(true);
  let asked = 0;
  const explainStream = async () => {
    asked += 1;
    return explained;
  };
  const api = { streamUrl: (id: string) => `/stream/${id}`, explainStream };
  return { time, camera, inSight, asked: () => asked, picture: new Picture(api, camera, inSight, () => time.now) };
}

describe("Picture", () => {
  it("goes from connecting to live, and tells when the picture last changed", () => {
    const { time, picture } = harness();
    expect([picture.phase.value, picture.url.value]).toEqual(["connecting", "/stream/demo:1"]);
    time.now = 2000;
    picture.loaded();
    expect([picture.phase.value, picture.changedAt.value]).toEqual(["live", 2000]);
    picture.sampled(7);
    time.now = 5000;
    picture.sampled(7);
    expect(picture.changedAt.value).toBe(2000);
    picture.sampled(8);
    expect(picture.changedAt.value).toBe(5000);
    picture.dispose();
  });

  it("closes the stream while paused or out of sight, and connects anew after", () => {
    const { inSight, picture } = harness();
    picture.loaded();
    const first = picture.attempt.value;
    inSight.value = false;
    expect([picture.phase.value, picture.url.value]).toEqual(["away", null]);
    inSight.value = true;
    expect(picture.phase.value).toBe("connecting");
    expect(picture.attempt.value).toBeGreaterThan(first);
    picture.toggle();
    expect([picture.phase.value, picture.url.value]).toEqual(["paused", null]);
    picture.dispose();
  });

  it("tells the server's reason when the picture fails, and tries again when asked", async () => {
    const { picture } = harness(
      Object.assign(new Error("10.0.0.1 is a private address"), { code: "ARGUS_STREAM_BLOCKED" }),
    );
    picture.failed();
    await settled();
    expect(picture.phase.value).toBe("error");
    expect(picture.url.value).toBeNull();
    expect(picture.problem.value).toMatchObject({
      code: "ARGUS_STREAM_BLOCKED",
      message: "10.0.0.1 is a private address.",
    });
    picture.retry();
    expect(picture.phase.value).toBe("connecting");
    picture.dispose();
  });

  it("takes up a stream again that broke off after it had played, but not one that breaks at once", async () => {
    const { time, picture } = harness(null);
    picture.loaded();
    time.now += 4000;
    picture.failed();
    await settled();
    expect(picture.phase.value).toBe("error");
    picture.retry();
    picture.loaded();
    time.now += 5000;
    picture.failed();
    await settled();
    expect(picture.phase.value).toBe("connecting");
    picture.dispose();
  });

  it("asks once why, however often the fault is noticed, and tries again when the server is back", async () => {
    const { picture, asked } = harness(new Error("no answer"));
    picture.failed();
    picture.failed();
    picture.failed();
    await settled();
    expect(asked()).toBe(1);
    picture.revive();
    expect(picture.phase.value).toBe("connecting");
    picture.dispose();
  });

  it("forgets the pause and the fault of the camera before", async () => {
    const { camera, picture } = harness(new Error("no"));
    picture.failed();
    await settled();
    camera.value = cameraOf("demo:2");
    expect([picture.phase.value, picture.url.value]).toEqual(["connecting", "/stream/demo:2"]);
    picture.toggle();
    camera.value = cameraOf("demo:3");
    expect(picture.phase.value).toBe("connecting");
    picture.dispose();
  });

  it("goes on playing when the record of the same camera is fetched anew", () => {
    const { camera, picture } = harness();
    picture.loaded();
    const attempt = picture.attempt.value;
    camera.value = { ...cameraOf("demo:1"), name: "renamed" };
    expect([picture.phase.value, picture.attempt.value]).toEqual(["live", attempt]);
    picture.dispose();
  });

  it.each(["hls", "mp4", "rtsp", "page"] as const)("asks for no stream of kind %s", (kind) => {
    const { camera, picture } = harness();
    camera.value = cameraOf("demo:4", kind);
    expect([picture.phase.value, picture.url.value]).toEqual(["unsupported", null]);
    picture.dispose();
  });
});

it("calls a slow still stale only after it missed three of its own refreshes", () => {
  expect(staleAfterMs({ refresh_s: null })).toBe(30_000);
  expect(staleAfterMs({ refresh_s: 300 })).toBe(900_000);
});
