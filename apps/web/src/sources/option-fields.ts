import type { SourceDetails } from "@argus/core";

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * How an option is edited: `lines` one text per line, `choices` some of the given, `json` as text where nothing better
 * fits.
 */
export type FieldKind =
  | "text"
  | "url"
  | "secret"
  | "number"
  | "integer"
  | "boolean"
  | "choice"
  | "choices"
  | "lines"
  | "json";

/** One option of a source, as a form shows it. */
export type OptionField = {
  name: string;
  label: string;
  /** What the source says of it; empty when it says nothing. */
  help: string;
  kind: FieldKind;
  /** What holds while nothing is set; undefined when the source says nothing. */
  fallback: unknown;
  /** What is set; undefined when nothing is, and always for a secret. */
  value: unknown;
  /** Of `choice` and `choices`. */
  choices: readonly string[];
  min: number | null;
  max: number | null;
  /** Most characters of a text. */
  maxLength: number | null;
  /** Must be set: there is no default. */
  required: boolean;
  /** The server's settings hold it, so that it cannot be changed here. */
  fixed: boolean;
  /** Of a secret: whether there is one. */
  isSet: boolean;
  /** Of `json`: what it is made of. */
  schema: JsonSchema;
};

const SPOKEN: Readonly<Record<string, string>> = { url: "URL", api: "API", id: "ID", json: "JSON" };
const SECONDS = / s$/u;

/** The form's fields, in the order of the schema; none where the source is broken. */
export function fieldsOf({ schema, values, fixed, secrets }: SourceDetails["options"]): OptionField[] {
  if (schema === null) return [];
  const required = new Set(listOf(schema["required"]));
  return Object.entries(objectOf(schema["properties"])).map(([name, given]) => {
    const own = resolve(objectOf(given), schema);
    const kind = kindOf(name, own);
    return {
      name,
      label: typeof own["title"] === "string" ? own["title"] : labelOf(name),
      help: typeof own["description"] === "string" ? own["description"] : "",
      kind,
      fallback: kind === "secret" ? undefined : own["default"],
      value: kind === "secret" ? undefined : values[name],
      choices: choicesOf(own),
      min: numberOf(own["minimum"]),
      max: numberOf(own["maximum"]),
      maxLength: numberOf(own["maxLength"]),
      required: required.has(name) && own["default"] === undefined,
      fixed: fixed.includes(name),
      isSet: secrets.includes(name),
      schema: own,
    };
  });
}

/** `page_delay_s` → `Page delay (seconds)` */
function labelOf(name: string): string {
  const words = name.split(/[_-]+/u).filter(Boolean);
  const text = words.map((word) => SPOKEN[word] ?? word).join(" ");
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(SECONDS, " (seconds)");
}

function kindOf(name: string, schema: JsonSchema): FieldKind {
  if (schema["format"] === "password" || schema["writeOnly"] === true) return "secret";
  if (schema["enum"] !== undefined) return choicesOf(schema).length > 0 ? "choice" : "json";
  switch (schema["type"]) {
    case "string":
      return schema["format"] === "uri" || /(?:^|_)url$/u.test(name) ? "url" : "text";
    case "number":
    case "integer":
    case "boolean":
      return schema["type"];
    case "array":
      return kindOfList(objectOf(schema["items"]));
    default:
      return "json";
  }
}

function kindOfList(items: JsonSchema): FieldKind {
  if (items["enum"] !== undefined) return choicesOf(items).length > 0 ? "choices" : "json";
  return items["type"] === "string" ? "lines" : "json";
}

/** The texts to choose from, of an option or of a list's items; none where they are something else than texts. */
function choicesOf(schema: JsonSchema): string[] {
  const given = schema["enum"] ?? objectOf(schema["items"])["enum"];
  const texts = listOf(given);
  return Array.isArray(given) && texts.length === given.length ? texts : [];
}

/** The schema itself where it is said by reference, or as "this or null". */
function resolve(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema {
  const inner = depth < 8 ? referenced(schema, root) : null;
  // What stands beside the reference is said of the option itself.
  return inner === null ? schema : { ...resolve(inner, root, depth + 1), ...withoutReference(schema) };
}

function referenced(schema: JsonSchema, root: JsonSchema): JsonSchema | null {
  const name = /^#\/(?:\$defs|definitions)\/([^/]+)$/u.exec(
    typeof schema["$ref"] === "string" ? schema["$ref"] : "",
  )?.[1];
  if (name !== undefined) return objectOf(objectOf(root["$defs"] ?? root["definitions"])[name]);
  for (const key of ["anyOf", "oneOf", "allOf"]) {
    const parts = schema[key];
    if (!Array.isArray(parts)) continue;
    const real = parts.map(objectOf).filter((part) => part["type"] !== "null");
    return real.length === 1 ? (real[0] ?? null) : null;
  }
  return null;
}

function withoutReference(schema: JsonSchema): JsonSchema {
  const dropped = new Set(["$ref", "anyOf", "oneOf", "allOf"]);
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !dropped.has(key)));
}

export function objectOf(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
