import { expect, it } from "vitest";

import { CameraFeature, ErrorAnswer, Health } from "./answers.ts";

it("takes a feature whose position is unknown, and one with a few fields only", () => {
  const feature = { type: "Feature", id: "demo:1", geometry: null, properties: { name: "A1" } };
  expect(CameraFeature.parse(feature)).toEqual(feature);
});

it("refuses a feature whose latitude and longitude are swapped past the pole", () => {
  const geometry = { type: "Point", coordinates: [51.5, 151.2] };
  expect(CameraFeature.safeParse({ type: "Feature", id: "demo:1", geometry, properties: {} }).success).toBe(false);
});

it("asks an error for its code and message, and health for its store", () => {
  expect(ErrorAnswer.safeParse({ error: { code: "ARGUS_X_Y" } }).success).toBe(false);
  expect(Health.safeParse({ status: "ready", version: "1", uptime_s: 1 }).success).toBe(false);
});
