import { expect, it } from "vitest";

import { readLocation } from "./location.ts";

it.each([
  ["registry.db", "registry.db"],
  ["sqlite:registry.db", "registry.db"],
  ["sqlite:/data/registry.db", "/data/registry.db"],
  ["sqlite:///data/registry.db", "/data/registry.db"],
  ["C:\\data\\registry.db", "C:\\data\\registry.db"],
])("reads %s as the file %s", (url, path) => expect(readLocation(url)).toEqual({ engine: "sqlite", path }));

it.each(["postgres://user:secret@host/db", "postgresql://host/db"])("reads %s as a server", (url) =>
  expect(readLocation(url)).toEqual({ engine: "postgres", url }),
);

it("reads nothing as a store in memory", () => expect(readLocation(undefined)).toEqual({ engine: "memory" }));

it.each([
  "",
  "sqlite:",
  "sqlite://host/registry.db",
  "sqlite::memory:",
  "a\0b",
  "mysql://user:secret@host/db",
  "file:///x",
])("refuses %j", (url) => {
  expect(() => readLocation(url)).toThrow(expect.objectContaining({ code: "ARGUS_STORE_URL_INVALID" }));
  expect(() => readLocation(url)).not.toThrow(/secret/u);
});
