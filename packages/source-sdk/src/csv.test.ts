import { describe, expect, it } from "vitest";

import { parseCsv } from "./csv.ts";

const parse = (text: string, request?: Parameters<typeof parseCsv>[2]): unknown => parseCsv(text, "the list", request);
const ROWS = [
  { id: "1", name: "Mill Lane" },
  { id: "2", name: "High St" },
];

describe("parseCsv", () => {
  it.each([
    ["commas", "id,name\n1,Mill Lane\n2,High St\n"],
    ["semicolons and CRLF", "id;name\r\n1;Mill Lane\r\n2;High St"],
    ["tabs", "id\tname\n1\tMill Lane\n2\tHigh St\n"],
    ["bars", "id|name\n1|Mill Lane\n2|High St\n"],
    ["quotes and blanks", ' id , "name" \n"1","Mill Lane"\n 2 , High St \n'],
    ["empty lines, and lines of nothing but delimiters", "id,name\n\n1,Mill Lane\n,\n2,High St\n\n"],
    ["values too many", "id,name\n1,Mill Lane,surplus\n2,High St"],
    ["a column named twice, where the first counts", "id,name,id\n1,Mill Lane,9\n2,High St,9"],
  ])("reads %s", (_, text) => {
    expect(parse(text)).toEqual(ROWS);
  });

  it("reads line breaks, delimiters and quotes inside quotes", () => {
    expect(parse('id,name\n1,"Mill\nLane, ""north"""')).toEqual([{ id: "1", name: 'Mill\nLane, "north"' }]);
  });

  it("leaves out what a short row lacks", () => {
    expect(parse("id,name\n1")).toEqual([{ id: "1" }]);
  });

  it("takes names for columns that have none in the file, and a delimiter that it could not find", () => {
    expect(parse("1:Mill Lane\n2:High St", { columns: ["id", "name"], delimiter: ":" })).toEqual(ROWS);
  });

  it("reads nothing out of nothing, and no row out of a header", () => {
    expect(parse("")).toEqual([]);
    expect(parse("id,name\n")).toEqual([]);
  });

  it.each([
    ["a web page", "<!doctype html><title>Sorry</title>", "no CSV, it begins with"],
    ["XML", '<?xml version="1.0"?><a/>', "no CSV"],
    ["a quote that is never closed", 'id,name\n1,"Mill Lane\n2,High St', "CSV that cannot be read"],
  ])("refuses %s", (_, text, problem) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: "ARGUS_SOURCE_FORMAT_CHANGED", message: expect.stringContaining(problem) }),
    );
  });

  it("cannot be made to change what all objects have", () => {
    parse("__proto__,name\nx,y");
    expect(({} as { name?: string }).name).toBeUndefined();
  });
});
