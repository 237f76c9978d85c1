import { type OptionValues, propertiesOf } from "./own-options.ts";

/** JSON Schema keywords whose values are data and no schemas. */
const DATA: ReadonlySet<string> = new Set(["default", "const", "enum", "examples"]);
const REFERENCE = /^#\/(?:\$defs|definitions)\/(?<name>[^/]+)$/u;

/**
 * Whether an option holds a secret, at whatever depth: its schema says `format: "password"` or `writeOnly` somewhere. What
 * has no schema that could be told may be one too.
 */
export function isSecret(schema: OptionValues | null, name: string): boolean {
  if (schema === null) return true;
  const properties = propertiesOf(schema);
  return Object.hasOwn(properties, name) && marksSecret(properties[name], schema, new Set());
}

/** The texts that secret options hold. */
export function secretsIn(schema: OptionValues | null, options: unknown): string[] {
  if (schema === null || typeof options !== "object" || options === null) return [];
  return Object.entries(options).flatMap(([name, value]) => (isSecret(schema, name) ? textsIn(value) : []));
}

/** Whether a secret is set: an empty text is none. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function marksSecret(part: unknown, root: OptionValues, seen: Set<unknown>): boolean {
  if (typeof part !== "object" || part === null || seen.has(part)) return false;
  seen.add(part);
  return Object.entries(part).some(([key, value]) => {
    if (key === "format" && value === "password") return true;
    if (key === "writeOnly" && value === true) return true;
    if (key === "$ref") return marksSecret(referred(value, root), root, seen);
    return !DATA.has(key) && marksSecret(value, root, seen);
  });
}

/** What a reference within the document points at; zod makes no others. */
function referred(reference: unknown, root: OptionValues): unknown {
  const name = typeof reference === "string" ? REFERENCE.exec(reference)?.groups?.["name"] : undefined;
  const definitions = root["$defs"] ?? root["definitions"];
  if (name === undefined || typeof definitions !== "object" || definitions === null) return undefined;
  return (definitions as OptionValues)[name];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
