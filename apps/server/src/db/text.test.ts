import { expect, it } from "vitest";

import { cameraCount, percent, size, statsLines } from "./text.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [1_234_567, "1.2 MB"],
  [5_000_000_000_000_000, "5000.0 TB"],
])("says %i bytes as %s", (bytes, text) => expect(size(bytes)).toBe(text));

it("counts cameras and parts", () => {
  expect([cameraCount(0), cameraCount(1), cameraCount(12_345)]).toEqual(["0 cameras", "1 camera", "12,345 cameras"]);
  expect([percent({ done: 0, total: 0 }), percent({ done: 2, total: 3 })]).toEqual(["0 %", "66 %"]);
});

it("lays a database's figures out in two columns", () => {
  const lines = statsLines({
    database: "/data/argus.db",
    engine: "sqlite",
    schema_version: 2,
    bytes: 4096,
    rows: { cameras: 1200, scrapes: 3 },
    cameras: { listed: 1000, gone: 200, health: { live: 1000, unknown: 0 } },
  });
  expect(lines).toEqual([
    "database         /data/argus.db",
    "engine           sqlite",
    "schema version   2",
    "size             4.1 kB",
    "cameras listed   1,000",
    "cameras gone     200",
    "health live      1,000",
    "health unknown   0",
    "rows in cameras  1,200",
    "rows in scrapes  3",
  ]);
});
