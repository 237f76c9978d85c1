import { expect, it } from "vitest";

import { headingOf } from "./heading.ts";

it.each([
  ["N", 0],
  ["NB", 0],
  ["North", 0],
  ["Northbound", 0],
  ["NORTH BOUND", 0],
  ["northeast", 45],
  ["North-East", 45],
  ["neb", 45],
  ["E", 90],
  ["Eastbound", 90],
  ["se", 135],
  ["SB", 180],
  ["south", 180],
  ["SW", 225],
  ["South West", 225],
  ["Westbound", 270],
  ["W.", 270],
  ["NW", 315],
  [" north ", 0],
])("reads %j as %d degrees", (word, degrees) => {
  expect(headingOf(word)).toBe(degrees);
});

it.each([
  "",
  "NS",
  "WE",
  "E-W",
  "N/S",
  "Both Directions",
  "Any",
  "Unknown",
  "Outbound",
  "Median",
  "NA",
  "U",
  "bound",
  "b",
  "Northampton",
  null,
  undefined,
])("takes %j for no direction", (word) => {
  expect(headingOf(word)).toBeNull();
});
