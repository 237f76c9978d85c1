import { expect, it } from "vitest";

import { counted, duration, fullPlace, heading, place, position, utc } from "./format.ts";

it.each([
  [0, "000° N"],
  [44.6, "045° NE"],
  [359.9, "000° N"],
  [348.7, "349° NNW"],
  [349, "349° N"],
  [270, "270° W"],
])("writes heading %d as %s", (degrees, text) => expect(heading(degrees)).toBe(text));

it.each([
  [999, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [7_200_000, "2 h"],
  [200_000_000, "2 d"],
  [-5, "0 s"],
])("writes %d ms as %s", (ms, text) => expect(duration(ms)).toBe(text));

it("writes positions with their hemispheres and times in UTC", () => {
  expect(position(-33.85678, 151.2)).toBe("33.85678° S 151.20000° E");
  expect(utc("2026-11-21T08:30:00.000Z")).toBe("2026-11-21 08:30:00Z");
});

it("leaves out what is not known of a place", () => {
  expect(place({ city: null, region: "Iowa", country: "US" })).toBe("Iowa, US");
  expect(fullPlace({ city: "London", region: "London", country: "GB" })).toBe("London, United Kingdom");
  expect(fullPlace({ city: null, region: null, country: null })).toBeNull();
});

it("counts one as one", () =>
  expect([counted(1, "camera"), counted(7312, "camera")]).toEqual(["1 camera", "7,312 cameras"]));
