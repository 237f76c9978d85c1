import { type JsonSchema, objectOf } from "./option-fields.ts";

/** A part of an option that is written as JSON. */
export type ShapePart = { name: string; help: string; required: boolean };

const MAX_PARTS = 60;
const MAX_DEPTH = 3;

/** What the objects of an option are made of, `columns.name` for a part of a part; empty where it has no parts. */
export function shapeOf(schema: JsonSchema): ShapePart[] {
  return partsOf(inside(schema), "", 0).slice(0, MAX_PARTS);
}

/** An example to begin with: what is required, empty. Empty text where nothing is. */
export function skeletonOf(schema: JsonSchema): string {
  const object = requiredOf(inside(schema));
  if (Object.keys(object).length === 0) return schema["type"] === "array" ? "[]" : "{}";
  return JSON.stringify(schema["type"] === "array" ? [object] : object, null, 2);
}

function partsOf(schema: JsonSchema, before: string, depth: number): ShapePart[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(objectOf(schema["properties"])).flatMap(([key, given]) => {
    const part = objectOf(given);
    const name = before + key;
    const help = typeof part["description"] === "string" ? part["description"] : "";
    const own = { name, help, required: required.includes(key) };
    return depth + 1 < MAX_DEPTH ? [own, ...partsOf(inside(part), `${name}.`, depth + 1)] : [own];
  });
}

function requiredOf(schema: JsonSchema): Record<string, unknown> {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const properties = objectOf(schema["properties"]);
  return Object.fromEntries(required.map((key: unknown) => [String(key), emptyOf(objectOf(properties[String(key)]))]));
}

function emptyOf(schema: JsonSchema): unknown {
  if (schema["default"] !== undefined) return schema["default"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  switch (schema["type"]) {
    case "object":
      return requiredOf(schema);
    case "array":
      return [];
    case "number":
    case "integer":
      return 0;
    case "boolean":
      return false;
    default:
      return "";
  }
}

/** A list's items, an object itself. */
function inside(schema: JsonSchema): JsonSchema {
  return schema["type"] === "array" ? objectOf(schema["items"]) : schema;
}
