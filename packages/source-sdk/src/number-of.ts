const MAX_TEXT = 40;
const NUMBER = /^[-+]?\d*(?:[.,]\d+)?(?:e[-+]?\d+)?$/iu;
const UNIT = /[\s°º]+$/u;

/** The number a value is or spells, with a decimal comma too; null when it is none, as empty text. */
export function numberOf(value: unknown): number | null {
  if (isNumber(value)) return value;
  if (typeof value !== "string" || value.length > MAX_TEXT) return null;
  const text = value.trim().replace(UNIT, "");
  if (!NUMBER.test(text) || !/\d/u.test(text)) return null;
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : null;
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
