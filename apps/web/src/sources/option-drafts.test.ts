import { describe, expect, it } from "vitest";

import { type Drafts, readDrafts, shownChoices, shownText, shownTick } from "./option-drafts.ts";
import { fieldsOf } from "./option-fields.ts";
import { refusalOf } from "./option-problems.ts";

const properties = {
  name: { type: "string", default: "x" },
  pages: { type: "integer", minimum: 1, maximum: 10, default: 3 },
  delay: { type: "number" },
  video: { type: "boolean", default: true },
  base_url: { type: "string" },
  countries: { type: "array", items: { type: "string" } },
  presets: { type: "array", items: { enum: ["a", "b"] }, default: ["a"] },
  lists: { type: "array", items: { type: "object" } },
  key: { type: "string", format: "password" },
};
const fieldsWith = (values: Record<string, unknown> = {}, fixed: string[] = [], secrets: string[] = []) =>
  fieldsOf({ schema: { properties }, values, fixed, secrets });
const read = (drafts: Drafts, fields = fieldsWith()) => readDrafts(fields, drafts);

describe("what is written", () => {
  it("becomes what the option wants", () => {
    const options = {
      name: " kept as it is ",
      pages: 4,
      delay: 2.5,
      video: false,
      base_url: "https://a.example/b",
      countries: ["CH", "AT"],
      presets: ["b"],
      lists: [{ id: "a" }],
      key: "s3cret",
    };
    const drafts = {
      ...options,
      pages: " 4 ",
      delay: "2.5",
      base_url: " https://a.example/b ",
      countries: "CH\n\n AT \n",
      lists: '[{"id":"a"}]',
    };
    expect(read(drafts)).toEqual({ options, errors: {} });
  });

  it("is refused with its reason where it cannot be sent", () => {
    const { options, errors } = read({ pages: "12", delay: "ten", base_url: "a.example", lists: '{"id":1}' });
    expect(options).toEqual({});
    expect(errors).toMatchObject({
      pages: "must be 10 or less",
      delay: "must be a number",
      base_url: expect.stringContaining("https://"),
      lists: "must be a list: […]",
    });
    expect(read({ pages: "1.5", lists: "[" }).errors).toMatchObject({
      pages: "must be a whole number",
      lists: expect.stringMatching(/^is no JSON: /u),
    });
  });

  it("takes an option back to its default when it is emptied, and is nothing when nothing was set", () => {
    const set = fieldsWith({ pages: 4, countries: ["CH"], video: false });
    expect(read({ pages: "", countries: " ", video: null }, set).options).toEqual({
      pages: null,
      countries: null,
      video: null,
    });
    expect(read({ pages: "", countries: "", video: null }).options).toEqual({});
    // None of the choices is another thing than the default.
    expect(read({ presets: [] }).options).toEqual({ presets: [] });
  });

  it("is left out where it is what is set already, or what the settings hold", () => {
    const fields = fieldsWith({ pages: 4, name: "n" }, ["name"]);
    expect(read({ pages: "4", name: "other" }, fields).options).toEqual({});
  });

  it("replaces or removes a secret, and says nothing of one that is left alone", () => {
    const set = fieldsWith({}, [], ["key"]);
    expect(read({ key: null }, set).options).toEqual({ key: null });
    expect(read({ key: "new" }, set).options).toEqual({ key: "new" });
    expect(read({ key: "" }, set).errors).toHaveProperty("key");
    expect(read({ key: "" }).options).toEqual({});
    expect(read({}, set)).toEqual({ options: {}, errors: {} });
  });
});

it("shows the draft before what is set, and that before the default", () => {
  const field = (name: string, values = {}) => fieldsWith(values).find((one) => one.name === name) ?? fieldsWith()[0]!;
  expect(shownText(field("pages", { pages: 4 }), undefined)).toBe("4");
  expect(shownText(field("pages", { pages: 4 }), "5x")).toBe("5x");
  expect(shownText(field("pages", { pages: 4 }), null)).toBe("");
  expect(shownText(field("countries", { countries: ["CH", "AT"] }), undefined)).toBe("CH\nAT");
  expect(shownText(field("lists", { lists: [{ id: 1 }] }), undefined)).toContain('"id": 1');
  expect(shownTick(field("video"), undefined)).toBe(true);
  expect(shownTick(field("video", { video: false }), undefined)).toBe(false);
  expect(shownTick(field("video", { video: false }), null)).toBe(true);
  expect(shownChoices(field("presets"), undefined)).toEqual(["a"]);
  expect(shownChoices(field("presets"), [])).toEqual([]);
});

describe("what the server refuses", () => {
  const refusal = (...details: unknown[]) =>
    refusalOf(Object.assign(new Error("the options are not valid"), { code: "ARGUS_X", details }), ["pages", "lists"]);

  it("is said beside the options it names", () => {
    const byOption = { pages: "too big", lists: "0.url: no address; 1.id: twice" };
    const details = [
      { path: "pages", message: "too big" },
      { path: "lists.0.url", message: "no address" },
      { path: "lists.1.id", message: "twice" },
    ];
    expect(refusal(...details)).toEqual({ byOption, rest: null, code: "ARGUS_X" });
  });

  it("is said above the form where it names none, or one that the form has not", () => {
    const rest = "The options are not valid.";
    expect(refusal()).toMatchObject({ byOption: {}, rest });
    expect(refusal({ path: "", message: "names no layer" })).toMatchObject({ byOption: {}, rest });
    expect(refusal({ path: "pages", message: "odd" }, { path: "other", message: "x" })).toMatchObject({ rest });
    expect(refusalOf("not even an error", [])).toMatchObject({ byOption: {} });
  });
});
