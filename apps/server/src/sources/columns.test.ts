import { expect, it } from "vitest";

import { columns } from "./columns.ts";

it("makes columns as wide as their widest cell, with nothing behind the last", () => {
  expect(
    columns([
      ["id", "state"],
      ["tfl-jamcam", "ready"],
      ["x", ""],
    ]),
  ).toEqual(["id          state", "tfl-jamcam  ready", "x"]);
  expect(columns([])).toEqual([]);
});
