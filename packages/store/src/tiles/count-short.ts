const STEPS = [
  { unit: 1e6, letter: "M" },
  { unit: 1e3, letter: "k" },
] as const;

/** A count in up to four characters, rounded: 999, 1.2k, 12k, 1M. */
export function countShort(count: number): string {
  for (const { unit, letter } of STEPS) {
    // 999,500 is rather 1M than 1000k.
    if (count < unit - unit / 2000 || count < 1000) continue;
    const tenths = Math.round((count / unit) * 10) / 10;
    return `${tenths < 10 ? tenths : Math.round(count / unit)}${letter}`;
  }
  return String(count);
}
