import { expect, it } from "vitest";

import { serverAddress } from "./server-address.ts";

it.each([
  ["postgres://me:secret@db.example.org:6543/cameras", "postgres://db.example.org:6543/cameras"],
  ["postgresql://me:se%40cret@db.example.org/cameras?sslmode=disable", "postgres://db.example.org:5432/cameras"],
  ["postgres://me:secret@[::1]/cameras", "postgres://::1:5432/cameras"],
])("calls %s by its host, port and database alone", (url, name) => {
  expect(serverAddress(url).name).toBe(name);
});

it.each(["postgres://me:sec:ret@:x/", "postgres://me:secret@host:99999999/cameras"])(
  "refuses %s and shows nothing of it",
  (url) => {
    let error: unknown;
    try {
      serverAddress(url);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "ARGUS_STORE_URL_INVALID" });
    expect(error).not.toHaveProperty("cause");
    expect(JSON.stringify(error) + String(error)).not.toMatch(/sec/u);
  },
);
