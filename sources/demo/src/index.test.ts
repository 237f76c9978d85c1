import { runSource, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

testSource(source, { describe, it, fixtures: [] });

describe("demo", () => {
  it("lists sixty cameras on every continent, half of them moving", async () => {
    const { cameras, rejected } = await runSource(source);
    expect(rejected).toEqual([]);
    expect(cameras).toHaveLength(60);
    expect(cameras.filter(({ stream_kind }) => stream_kind === "mjpeg")).toHaveLength(30);
    expect(new Set(cameras.map(({ country }) => country)).size).toBeGreaterThanOrEqual(40);
    expect(cameras.map(({ country }) => country)).toEqual(
      expect.arrayContaining(["AQ", "AU", "BR", "JP", "KE", "NO", "US"]),
    );
  });

  it("gives every camera its addresses below base_url", async () => {
    const { cameras } = await runSource(source, { options: { base_url: "http://cameras.example.org/demo/" } });
    expect(cameras.find(({ id }) => id === "demo:westminster-bridge")).toMatchObject({
      stream_kind: "mjpeg",
      stream_url: "http://cameras.example.org/demo/cameras/westminster-bridge/stream.mjpg",
      snapshot_url: "http://cameras.example.org/demo/cameras/westminster-bridge/snapshot.jpg",
      refresh_s: null,
    });
    expect(cameras.find(({ id }) => id === "demo:boulevard-peripherique")).toMatchObject({
      stream_kind: "jpeg",
      stream_url: "http://cameras.example.org/demo/cameras/boulevard-peripherique/snapshot.jpg",
      refresh_s: 2,
    });
  });

  it("refuses a pace that no machine keeps", () => {
    expect(source.options.safeParse({ frames_per_second: 1000 }).success).toBe(false);
  });
});
