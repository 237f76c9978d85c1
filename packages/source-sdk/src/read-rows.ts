import { describeIssues } from "@argus/core/contract";
import type { z } from "zod";

import { emptyList, formatChanged } from "./errors.ts";
import { isRecord } from "./feature-row.ts";
import type { ScrapeContext } from "./source.ts";

const DEFAULT_MAX_BAD_SHARE = 0.2;
const MAX_ID_LENGTH = 200;
const PERCENT = 100;

export type ReadRowsOptions = {
  /**
   * What to call a row that is turned away: the field that holds its id, or the path there, like `properties.id`; or what
   * a function makes of the row as it came. Without one, or when it finds nothing: `row <n>`.
   */
  idOf?: string | ((row: unknown) => unknown);
  /** The share of bad rows, 0..1, past which the origin must have changed its format. Default: 0.2. */
  maxBadShare?: number;
  /** Whether no rows at all is an answer. Default: false, for an empty list marks every camera gone. */
  allowEmpty?: boolean;
};

/**
 * Parses an origin's rows: a bad one is rejected and counted, never the batch.
 * @throws ArgusError ARGUS_SOURCE_EMPTY without rows; ARGUS_SOURCE_FORMAT_CHANGED when too many are bad, before any is returned.
 */
export function readRows<Schema extends z.ZodType>(
  rows: readonly unknown[],
  schema: Schema,
  ctx: Pick<ScrapeContext, "reject">,
  options: ReadRowsOptions = {},
): z.output<Schema>[] {
  if (rows.length === 0 && options.allowEmpty !== true) throw emptyList("the origin's list");
  const good: z.output<Schema>[] = [];
  let firstProblem = "";
  rows.forEach((row, index) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return void good.push(parsed.data);
    const problem = describeIssues(parsed.error);
    firstProblem ||= problem;
    ctx.reject(rowId(row, index, options.idOf), problem);
  });
  const bad = rows.length - good.length;
  if (bad > rows.length * (options.maxBadShare ?? DEFAULT_MAX_BAD_SHARE)) {
    throw formatChanged(
      "the origin's list",
      `${bad} of ${rows.length} rows (${Math.round((bad / rows.length) * PERCENT)} %) are bad, the first: ${firstProblem}`,
      { bad, rows: rows.length },
    );
  }
  return good;
}

function valueAt(row: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : null),
    row,
  );
}

function rowId(row: unknown, index: number, idOf: ReadRowsOptions["idOf"]): string {
  try {
    const id = typeof idOf === "string" ? valueAt(row, idOf.split(".")) : idOf?.(row);
    if (typeof id === "string" || typeof id === "number") return String(id).slice(0, MAX_ID_LENGTH);
  } catch {
    // A row bad enough to trip idOf is named by its number.
  }
  return `row ${index + 1}`;
}
