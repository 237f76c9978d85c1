import { expect, it } from "vitest";

import { fieldsOf } from "./option-fields.ts";
import { shapeOf, skeletonOf } from "./option-shape.ts";

const kindsOf = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  fieldsOf({ schema: { type: "object", properties, ...more }, values: {}, fixed: [], secrets: [] }).map(
    ({ kind }) => kind,
  );

it("makes a field of every option, and JSON of what nothing better fits", () => {
  const kinds = kindsOf(
    {
      base_url: { type: "string" },
      terms: { type: "string", format: "uri" },
      name: { type: "string" },
      key: { type: "string", format: "password" },
      token: { type: "string", writeOnly: true },
      delay: { type: "number" },
      pages: { type: "integer" },
      video: { type: "boolean" },
      kind: { type: "string", enum: ["a", "b"] },
      level: { enum: [1, 2] },
      presets: { type: "array", items: { type: "string", enum: ["a", "b"] } },
      countries: { type: "array", items: { type: "string" } },
      area: { type: "array", items: { type: "number" } },
      columns: { type: "object", properties: {} },
      maybe: { anyOf: [{ type: "integer" }, { type: "null" }] },
      either: { anyOf: [{ type: "integer" }, { type: "string" }] },
      named: { $ref: "#/$defs/Kind" },
      loop: { $ref: "#/$defs/Loop" },
      odd: true,
    },
    { $defs: { Kind: { type: "string", enum: ["x"] }, Loop: { $ref: "#/$defs/Loop" } } },
  );
  expect(kinds.join(" ")).toBe(
    "url url text secret secret number integer boolean choice json choices lines json json integer json choice json json",
  );
});

it("says of each option what the schema says, what is set, and what is fixed", () => {
  const schema = {
    type: "object",
    properties: {
      page_delay_s: { type: "number", description: "Between pages", minimum: 2, maximum: 60, default: 2 },
      base_url: { title: "Where", type: "string" },
      api_key: { type: "string", format: "password", default: "" },
    },
    required: ["base_url", "page_delay_s"],
  };
  const options = { schema, values: { page_delay_s: 5 }, fixed: ["base_url"], secrets: ["api_key"] };
  expect(fieldsOf(options)).toMatchObject([
    { label: "Page delay (seconds)", help: "Between pages", min: 2, max: 60, fallback: 2, value: 5, required: false },
    { label: "Where", fixed: true, required: true, value: undefined },
    { label: "API key", kind: "secret", isSet: true, fallback: undefined },
  ]);
  expect(fieldsOf({ ...options, schema: null })).toEqual([]);
});

it("tells what an option written as JSON is made of, and gives a beginning", () => {
  const columns = { type: "object", properties: { id: { type: "array" } }, required: ["id"] };
  const item = {
    type: "object",
    properties: { url: { type: "string", description: "The file" }, columns, count: { default: 4 } },
    required: ["url", "columns"],
  };
  const schema = { type: "array", items: item };
  expect(shapeOf(schema)).toEqual([
    { name: "url", help: "The file", required: true },
    { name: "columns", help: "", required: true },
    { name: "columns.id", help: "", required: true },
    { name: "count", help: "", required: false },
  ]);
  expect(JSON.parse(skeletonOf(schema))).toEqual([{ url: "", columns: { id: [] } }]);
  expect(skeletonOf({ type: "array", items: { type: "number" } })).toBe("[]");
});
