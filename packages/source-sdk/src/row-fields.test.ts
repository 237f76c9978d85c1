import { expect, it } from "vitest";
import { z } from "zod";

import { PictureUrl, PictureUrlOrNull, RowId, RowText, RowTextOrNull } from "./row-fields.ts";

const Row = z.object({ id: RowId, name: RowText, note: RowTextOrNull, image: PictureUrl });

it("reads a row, whatever its origin makes of numbers, HTML and what is missing", () => {
  const row = { id: 7, name: " A 1 &amp; <b>B 2</b>", image: "https://cameras.example/a b.jpg?t=1728089220000" };
  expect(Row.parse(row)).toEqual({
    id: "7",
    name: "A 1 & B 2",
    note: null,
    image: "https://cameras.example/a%20b.jpg",
  });
  expect(Row.parse({ ...row, id: " x ", note: "<br>" })).toMatchObject({ id: "x", note: null });
});

it("says what is wrong with a bad one", () => {
  const { error } = Row.safeParse({ id: "", name: "&nbsp;", note: 1, image: "rtsp://cameras.example/1" });
  expect(error?.issues.map(({ path }) => path[0])).toEqual(["id", "name", "note", "image"]);
  expect(error?.issues.map(({ message }) => message)).toEqual(
    expect.arrayContaining(["says nothing", "must be an http or https URL"]),
  );
  for (const image of [undefined, null, ""])
    expect(Row.safeParse({ id: 1, name: "A", image }).error?.issues[0]?.message).toBe("must be an http or https URL");
  expect(Row.safeParse({ id: 1, name: "A" }).success).toBe(false);
  for (const nothing of [undefined, null, "", " "]) expect(PictureUrlOrNull.parse(nothing)).toBeNull();
  expect(PictureUrlOrNull.parse(" https://cameras.example/a.jpg ")).toBe("https://cameras.example/a.jpg");
  expect(PictureUrlOrNull.safeParse("out of order").error?.issues[0]?.message).toBe("must be an http or https URL");
});
