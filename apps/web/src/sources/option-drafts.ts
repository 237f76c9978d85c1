import type { OptionField } from "./option-fields.ts";

/** What somebody has made of one field: a form's own value, or null for back to its default. */
export type Draft = string | boolean | readonly string[] | null;
/** By option; what is left out was not touched. */
export type Drafts = Readonly<Record<string, Draft>>;

/** What is to be changed, and what cannot be sent as it is written, by option. */
export type Reading = { options: Record<string, unknown>; errors: Record<string, string> };
type Read = { value: unknown } | { error: string };

const NOTHING: Read = { value: null };

/** What a field shows: the draft, else what is set; empty where the default holds. */
export function shownText(field: OptionField, draft: Draft | undefined): string {
  if (draft === null) return "";
  return typeof draft === "string" ? draft : textOf(field, field.value);
}

/** What a box shows: the draft, else what is set, else the default. */
export function shownTick(field: OptionField, draft: Draft | undefined): boolean {
  const value = typeof draft === "boolean" ? draft : draft === null ? field.fallback : (field.value ?? field.fallback);
  return value === true;
}

/** Which of the choices are ticked. */
export function shownChoices(field: OptionField, draft: Draft | undefined): readonly string[] {
  const value = Array.isArray(draft) ? draft : draft === null ? field.fallback : (field.value ?? field.fallback);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** A default as a placeholder shows it; empty where there is none. */
export function fallbackText(field: OptionField): string {
  return textOf(field, field.fallback);
}

function textOf({ kind }: OptionField, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (kind === "lines" && Array.isArray(value)) return value.join("\n");
  return typeof value === "string" ? value : JSON.stringify(value, null, kind === "json" ? 2 : undefined);
}

/** Reads the drafts; those that change nothing are left out. */
export function readDrafts(fields: readonly OptionField[], drafts: Drafts): Reading {
  const reading: Reading = { options: {}, errors: {} };
  for (const field of fields) {
    const draft = drafts[field.name];
    if (draft === undefined || field.fixed) continue;
    const read = readDraft(field, draft);
    if ("error" in read) reading.errors[field.name] = read.error;
    else if (isChange(field, read.value)) reading.options[field.name] = read.value;
  }
  return reading;
}

function isChange(field: OptionField, value: unknown): boolean {
  // What a secret was is not known, so any new one is a change.
  if (field.kind === "secret") return value !== null || field.isSet;
  return JSON.stringify(value) !== JSON.stringify(field.value ?? null);
}

function readDraft(field: OptionField, draft: Draft): Read {
  if (draft === null) return NOTHING;
  if (typeof draft !== "string") return { value: draft };
  const text = field.kind === "text" || field.kind === "secret" ? draft : draft.trim();
  if (text === "") return field.kind === "secret" && field.isSet ? { error: "is empty; write the new one" } : NOTHING;
  switch (field.kind) {
    case "number":
    case "integer":
      return readNumber(field, text);
    case "url":
      return /^https?:\/\/\S+$/iu.test(text)
        ? { value: text }
        : { error: "must be an address like https://example.org" };
    case "lines":
      return { value: text.split("\n").flatMap((line) => line.trim() || []) };
    case "json":
      return readJson(field, text);
    default:
      return { value: text };
  }
}

function readNumber({ kind, min, max }: OptionField, text: string): Read {
  const value = Number(text);
  if (!Number.isFinite(value)) return { error: "must be a number" };
  if (kind === "integer" && !Number.isInteger(value)) return { error: "must be a whole number" };
  if (min !== null && value < min) return { error: `must be ${min} or more` };
  if (max !== null && value > max) return { error: `must be ${max} or less` };
  return { value };
}

function readJson({ schema }: OptionField, text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { type } = schema;
  if (type === "array" && !Array.isArray(value)) return { error: "must be a list: […]" };
  if (type === "object" && (typeof value !== "object" || value === null || Array.isArray(value)))
    return { error: "must be an object: {…}" };
  return { value };
}
