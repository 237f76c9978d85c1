const YES: ReadonlySet<string> = new Set(["true", "yes", "y", "on", "1"]);
const NO: ReadonlySet<string> = new Set(["false", "no", "n", "off", "0"]);

/** Reads a boolean that an origin sends as text (`"false"`, `"Y"`, `1`); null when it says neither yes nor no. */
export function textBoolean(value: string | number | boolean | null | undefined): boolean | null {
  const text = String(value).trim().toLowerCase();
  if (YES.has(text)) return true;
  return NO.has(text) ? false : null;
}
