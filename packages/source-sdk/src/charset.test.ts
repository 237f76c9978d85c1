import { expect, it } from "vitest";

import { decodeText } from "./charset.ts";

it.each([
  ["UTF-8 by default", Buffer.from("Zürich"), undefined],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFZürich"), "application/json"],
  ["Latin-1", Buffer.from("Zürich", "latin1"), "text/html; charset=ISO-8859-1"],
  ["a quoted name", Buffer.from("Zürich", "latin1"), 'text/html; Charset="windows-1252"; x=y'],
  ["UTF-16", Buffer.from("\uFEFFZürich", "utf16le"), "text/csv;charset=utf-16le"],
  ["UTF-8 for a name nobody knows", Buffer.from("Zürich"), "text/html; charset=utf8mb4"],
])("reads %s", (_, body, contentType) => {
  expect(decodeText(body, contentType)).toBe("Zürich");
});

it("reads Big5", () => {
  expect(decodeText(Uint8Array.from([0xa5, 0x78, 0xa5, 0x5f]), "text/html; charset=big5")).toBe("台北");
});
