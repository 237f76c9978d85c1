import { describe, expect, it } from "vitest";

import { CameraInput, toListedCamera } from "./camera.ts";

const input = {
  id: "1",
  name: "A1 at Holloway",
  stream_kind: "jpeg",
  stream_url: "https://example.org/1.jpg",
} as const;
const defaults = { attribution: "Example", licence: "unknown", terms_url: null };

describe("CameraInput", () => {
  it("takes the least a source can say, and the rest becomes unknown", () => {
    const camera = toListedCamera("demo", CameraInput.parse(input), defaults);
    expect(camera).toMatchObject({
      id: "demo:1",
      source_id: "demo",
      lat: null,
      country: null,
      tags: [],
      attribution: "Example",
    });
  });

  it.each([
    ["a latitude beyond the pole", { lat: 91, lon: 0 }, "lat"],
    ["a longitude beyond the date line", { lat: 0, lon: 181 }, "lon"],
    ["a latitude without a longitude", { lat: 51 }, "lat"],
    ["a coordinate that is no number", { lat: Number.NaN, lon: 1 }, "lat"],
    ["a non-http URL", { stream_url: "rtsp://example.org/1" }, "stream_url"],
    ["a URL with a password", { stream_url: "http://user:secret@example.org/1" }, "stream_url"],
    ["a 10 MB name", { name: "x".repeat(10_000_000) }, "name"],
    ["a 10 MB URL", { stream_url: `https://example.org/${"x".repeat(10_000_000)}` }, "stream_url"],
    ["a country that is none", { country: "UK" }, "country"],
    ["an id with white space", { id: "a b" }, "id"],
    ["a field nobody knows", { latitude: 51 }, ""],
    ["no stream at all", { stream_url: null }, "stream_url"],
    ["a page camera without a page", { stream_kind: "page" }, "page_url"],
  ])("refuses %s by name", (_what, wrong, path) => {
    const parsed = CameraInput.safeParse({ ...input, ...wrong });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
  });

  it("reads position (0, 0) as unknown, but keeps the equator and the meridian", () => {
    const at = (lat: number, lon: number) =>
      toListedCamera("demo", CameraInput.parse({ ...input, lat, lon }), defaults);
    expect(at(0, 0)).toMatchObject({ lat: null, lon: null });
    expect(at(0, 9.4)).toMatchObject({ lat: 0, lon: 9.4 });
    expect(at(51.5, 0)).toMatchObject({ lat: 51.5, lon: 0 });
  });
});
