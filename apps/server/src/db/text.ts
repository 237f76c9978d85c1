import type { DatabaseStats } from "@argus/store";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;
const STEP = 1000;
const HUNDRED = 100;

/** 12345 → 12,345. */
export function count(number: number): string {
  return number.toLocaleString("en");
}

export function cameraCount(number: number): string {
  return number === 1 ? "1 camera" : `${count(number)} cameras`;
}

/** 1234567 → 1.2 MB. */
export function size(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / Math.log10(STEP))));
  return `${(bytes / STEP ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

/** The part that is done, in whole percent. */
export function percent({ done, total }: { done: number; total: number }): string {
  return `${total === 0 ? 0 : Math.floor((done / total) * HUNDRED)} %`;
}

/** For a person: one fact a line, numbers in a column. */
export function statsLines(stats: DatabaseStats): string[] {
  const facts: [string, string][] = [
    ["database", stats.database],
    ["engine", stats.engine],
    ["schema version", String(stats.schema_version)],
    ["size", size(stats.bytes)],
    ["cameras listed", count(stats.cameras.listed)],
    ["cameras gone", count(stats.cameras.gone)],
    ...Object.entries(stats.cameras.health).map(([status, number]): [string, string] => [
      `health ${status}`,
      count(number),
    ]),
    ...Object.entries(stats.rows).map(([table, number]): [string, string] => [`rows in ${table}`, count(number)]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}
