import { isArgusError, SourceManifest } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { planSource, type SourceRequest } from "./request.ts";

function refusalOf(request: SourceRequest): string {
  try {
    planSource(request);
    return "accepted";
  } catch (error) {
    if (isArgusError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
}

describe("ids", () => {
  it.each(["my-city", "a", "a1-2b", "x".repeat(64)])("takes %s", (id) => {
    expect(planSource({ id }).id).toBe(id);
  });

  it.each([
    ["", "lower-case words"],
    ["My-City", "lower-case words"],
    ["my_city", "lower-case words"],
    ["-city", "lower-case words"],
    ["1city", "lower-case words"],
    ["../city", "lower-case words"],
    ["@me/city", "lower-case words"],
    ["x".repeat(65), "64"],
    ["own", "people import"],
    ["own-garden", "people import"],
    ["argus-source-my-city", "give the id alone: my-city"],
  ])("refuses %j and says why", (id, reason) => {
    expect(refusalOf({ id })).toMatch(/^ARGUS_CREATE_INVALID /u);
    expect(refusalOf({ id })).toContain(reason);
  });

  it("takes what the contract takes, packages' names apart, and nothing else", () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}$/u);
    const almost = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("-"));
    fc.assert(
      fc.property(fc.oneof(almost, fc.string({ maxLength: 70 })), (id) => {
        const isId = SourceManifest.shape.id.safeParse(id).success && !id.startsWith("argus-source-");
        expect(refusalOf({ id }) === "accepted").toBe(isId);
      }),
    );
  });
});

describe("names", () => {
  it("makes one of the id", () => {
    expect(planSource({ id: "my-city" }).name).toBe("My City cameras");
  });

  it.each(["", "   ", "x".repeat(101), "two\nlines", "bell\u0007"])("refuses %j", (name) => {
    expect(refusalOf({ id: "a", name })).toMatch(/^ARGUS_CREATE_INVALID /u);
  });
});

describe("addresses", () => {
  it.each([
    ["https://api.example.org/v1/cams?lang=en", "https://api.example.org", "/v1/cams?lang=en"],
    ["http://API.example.org:8080/a#top", "http://api.example.org:8080", "/a"],
    ["https://api.example.org", "https://api.example.org", "/cameras.json"],
  ])("takes %s apart", (url, origin, path) => {
    expect(planSource({ id: "a", url })).toMatchObject({ origin, path });
  });

  it.each([
    ["https://gis.example.org/x/FeatureServer", "/x/FeatureServer/0"],
    ["https://gis.example.org/x/MapServer/3/", "/x/MapServer/3"],
    ["https://gis.example.org/x/FeatureServer/2/query?where=1%3D1&f=json", "/x/FeatureServer/2"],
    ["https://gis.example.org/", "/arcgis/rest/services/cameras/FeatureServer/0"],
  ])("finds the layer in %s", (url, path) => {
    expect(planSource({ id: "a", shape: "arcgis", url }).path).toBe(path);
  });

  it.each([
    ["cameras.json", "absolute URL"],
    ["ftp://example.org/a", "http or https"],
    ["https://me:secret@example.org/", "user name or password"],
    ["https://example.org/list?api_key=abc", "api_key"],
    ["https://[::1]/list", "host name"],
  ])("refuses %s and says why", (url, reason) => {
    expect(refusalOf({ id: "a", url })).toContain(reason);
  });

  it("does not repeat what may be a secret", () => {
    expect(refusalOf({ id: "a", url: "https://example.org/list?token=abc123" })).not.toContain("abc123");
  });

  it("refuses what is no layer of ArcGIS", () => {
    expect(refusalOf({ id: "a", shape: "arcgis", url: "https://gis.example.org/cams" })).toContain("/FeatureServer/0");
  });
});

it("names the shapes there are", () => {
  expect(refusalOf({ id: "a", shape: "yaml" })).toContain("json, geojson, arcgis, csv, xml, html");
});
