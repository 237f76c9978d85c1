import { expect, it } from "vitest";

import { decodeText } from "./charset.ts";

const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

it.each([
  ["UTF-8 by default", Buffer.from("Zürich"), undefined],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFZürich"), "application/json"],
  ["UTF-8 with two of them", Buffer.from("\uFEFF\uFEFFZürich"), undefined],
  ["Latin-1", Buffer.from("Zürich", "latin1"), "text/html; charset=ISO-8859-1"],
  ["a quoted name", Buffer.from("Zürich", "latin1"), 'text/html; Charset="windows-1252"; x=y'],
  ["UTF-16", Buffer.from("\uFEFFZürich", "utf16le"), "text/csv;charset=utf-16le"],
  ["UTF-16 that nobody announced", Buffer.from("\uFEFFZürich", "utf16le"), "text/csv"],
  ["UTF-16 with a doubled byte order mark", Buffer.from("\uFEFF\uFEFFZürich", "utf16le"), "application/octet-stream"],
  ["UTF-16 the other way round", utf16be("\uFEFFZürich"), undefined],
  ["a byte order mark against what the header says", Buffer.from("\uFEFFZürich"), "text/csv; charset=big5"],
  ["UTF-8 for a name nobody knows", Buffer.from("Zürich"), "text/html; charset=utf8mb4"],
])("reads %s", (_, body, contentType) => {
  expect(decodeText(body, contentType)).toBe("Zürich");
});

it("reads Big5", () => {
  expect(decodeText(Uint8Array.from([0xa5, 0x78, 0xa5, 0x5f]), "text/html; charset=big5")).toBe("台北");
});

it.each([
  ['<?xml version="1.0" encoding="ISO-8859-1"?><a>Zürich</a>'],
  ["<html><head><meta charset=latin1></head>Zürich"],
  ['<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">Zürich'],
])("believes %s when nobody else says anything", (text) => {
  expect(decodeText(Buffer.from(text, "latin1"), "text/xml")).toBe(text);
  expect(decodeText(Buffer.from(text), "text/xml; charset=utf-8")).toBe(text);
});

it("reads as it is told to, unless a byte order mark says otherwise", () => {
  expect(decodeText(Buffer.from("Zürich", "latin1"), "text/csv; charset=utf-8", "latin1")).toBe("Zürich");
  expect(decodeText(Buffer.from("\uFEFFZürich"), undefined, "latin1")).toBe("Zürich");
  expect(decodeText(Buffer.from("Zürich", "utf16le"), undefined, "utf-16le")).toBe("Zürich");
});
