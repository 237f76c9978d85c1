import { expect, it } from "vitest";

import { sqlitePath } from "./location.ts";

it.each([
  ["registry.db", "registry.db"],
  ["sqlite:registry.db", "registry.db"],
  ["sqlite:/data/registry.db", "/data/registry.db"],
  ["sqlite:///data/registry.db", "/data/registry.db"],
  ["C:\\data\\registry.db", "C:\\data\\registry.db"],
])("reads %s as the file %s", (url, path) => expect(sqlitePath(url)).toBe(path));

it.each([
  "",
  "sqlite:",
  "sqlite://host/registry.db",
  "sqlite::memory:",
  "a\0b",
  "postgres://user:secret@host/db",
  "file:///x",
])("refuses %j", (url) => {
  expect(() => sqlitePath(url)).toThrow(expect.objectContaining({ code: "ARGUS_STORE_URL_INVALID" }));
  expect(() => sqlitePath(url)).not.toThrow(/secret/u);
});
