/** One measured figure: the median of `runs` and the range, beside what is aimed at. */
export type Figure = { what: string; unit: string; values: number[]; aim: number };

/** The middle value; the mean of the middle two where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? low;
  return (low + high) / 2;
}

/** Prints the figures as a Markdown table; the ratio is figure to aim, so below 1 is within it. */
export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map(({ what, unit, values, aim }) => {
    const middle = median(values);
    const range = `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
    return `| ${what} | ${middle.toFixed(2)} ${unit} | ${range} (${values.length}) | ${aim} ${unit} | ${(middle / aim).toFixed(2)} |`;
  });
  process.stdout.write(
    ["| what | median | range (runs) | aim | ratio |", "|---|---|---|---|---|", ...rows, ""].join("\n"),
  );
}
