import { cpus } from "node:os";

import { median } from "../table.ts";
import type { StoreFigure } from "./figure.ts";

const HUNDRED = 100;
const TEN = 10;

/** The figures of each number of cameras. */
export type FiguresBySize = ReadonlyMap<number, readonly StoreFigure[]>;

/**
 * Prints a Markdown table with a column for each number of cameras. `of the aim`: below 1 is within it. `growth`: how
 * much more a camera costs among the most cameras than among the fewest; 1 is linear, below 1 is better.
 */
export function printReport(bySize: FiguresBySize): void {
  const sizes = [...bySize.keys()];
  const names = [...new Set([...bySize.values()].flatMap((figures) => figures.map(({ what }) => what)))];
  const head = ["what", ...sizes.map(countName), "aim", "of the aim", "growth"];
  const rows = names.map((what) => rowOf(what, sizes, bySize));
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  process.stdout.write(`${lines.join("\n")}\n\n${machine()}\n`);
}

/** One line a figure, for whoever waits for the table. */
export function toLines(figures: readonly StoreFigure[]): string {
  return figures.map((figure) => `  ${figure.what}: ${cellOf(figure)}\n`).join("");
}

function rowOf(what: string, sizes: readonly number[], bySize: FiguresBySize): string[] {
  const found = sizes.map((size) => bySize.get(size)?.find((figure) => figure.what === what));
  const last = found.findLast((figure) => figure !== undefined);
  const aimed = last?.aim === undefined ? "" : `${last.scale === "rate" ? "≥" : "≤"} ${show(last.aim)} ${last.unit}`;
  return [what, ...found.map(cellOf), aimed, last === undefined ? "" : ratioOf(last), growthOf(found, sizes)];
}

function cellOf(figure: StoreFigure | undefined): string {
  if (figure === undefined) return "";
  const { values, unit } = figure;
  const range = values.length > 1 ? ` (${show(Math.min(...values))}–${show(Math.max(...values))})` : "";
  const note = figure.note === undefined ? "" : `, ${figure.note}`;
  return `${show(median(values))}${unit === "" ? "" : ` ${unit}`}${range}${note}`;
}

function ratioOf({ aim, scale, values }: StoreFigure): string {
  if (aim === undefined) return "";
  return (scale === "rate" ? aim / median(values) : median(values) / aim).toFixed(2);
}

function growthOf(found: readonly (StoreFigure | undefined)[], sizes: readonly number[]): string {
  const first = found.findIndex((figure) => figure !== undefined);
  const last = found.findLastIndex((figure) => figure !== undefined);
  const [few, many] = [found[first], found[last]];
  if (few === undefined || many === undefined || first === last || many.scale === "none") return "";
  if (many.scale === "rate") return (median(few.values) / median(many.values)).toFixed(2);
  const times = (sizes[last] ?? Number.NaN) / (sizes[first] ?? Number.NaN);
  return (median(many.values) / median(few.values) / times).toFixed(2);
}

function countName(count: number): string {
  return count >= 1e6 ? `${count / 1e6}M` : count >= 1000 ? `${count / 1000}k` : `${count}`;
}

function show(value: number): string {
  if (Math.abs(value) >= HUNDRED) return Math.round(value).toLocaleString("en");
  return value.toFixed(Math.abs(value) >= TEN ? 1 : 2);
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, Node ${process.versions.node}`;
}
