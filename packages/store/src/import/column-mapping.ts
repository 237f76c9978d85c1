import type { ImportField, ImportPreview } from "@argus/core";

import { fieldOfName, type NamedField } from "./field-names.ts";
import { MAX_COLUMNS } from "./limits.ts";

const MAX_SHOWN_NAME = 200;
/** Before every name that is only guessed. */
const SAID = -1;

/** Which columns of a file are read as which fields, as it is found out; `said` is what the user said. */
export class ColumnMapping {
  readonly #said: ReadonlyMap<string, ImportField>;
  readonly #saidFields: ReadonlySet<ImportField>;
  readonly #known = new Map<string, NamedField | null>();
  readonly #used = new Map<ImportField, string>();

  constructor(said: Partial<Record<ImportField, string>>) {
    const entries = Object.entries(said) as [ImportField, string][];
    this.#said = new Map(entries.map(([field, column]) => [column.trim(), field]));
    this.#saidFields = new Set(entries.map(([field]) => field));
  }

  /** The field a column would hold if there were no better one; null when it is not read. */
  fieldOf(column: string): NamedField | null {
    const known = this.#known.get(column);
    if (known !== undefined) return known;
    const named = this.#find(column);
    if (this.#known.size < MAX_COLUMNS) this.#known.set(column, named);
    return named;
  }

  #find(column: string): NamedField | null {
    const field = this.#said.get(column.trim());
    if (field !== undefined) return { field, rank: SAID };
    const named = fieldOfName(column);
    return named === null || this.#saidFields.has(named.field) ? null : named;
  }

  /** Each field's place among the columns: the best where several could hold it, the first of equals. */
  choose(columns: readonly string[]): Map<ImportField, number> {
    const chosen = new Map<ImportField, { at: number; rank: number }>();
    for (const [at, column] of columns.entries()) {
      const named = this.fieldOf(column);
      const best = named === null ? undefined : chosen.get(named.field);
      if (named !== null && (best === undefined || named.rank < best.rank))
        chosen.set(named.field, { at, rank: named.rank });
    }
    for (const [field, { at }] of chosen) if (!this.#used.has(field)) this.#used.set(field, columns[at] ?? "");
    return new Map([...chosen].map(([field, { at }]) => [field, at]));
  }

  /** What a preview says of it. */
  get told(): Pick<ImportPreview, "mapping" | "ignored_columns"> {
    const used = new Set(this.#used.values());
    return {
      mapping: Object.fromEntries([...this.#used].map(([field, column]) => [field, cut(column)])),
      ignored_columns: [...this.#known.keys()].filter((column) => !used.has(column)).map(cut),
    };
  }
}

function cut(column: string): string {
  return column.slice(0, MAX_SHOWN_NAME).toWellFormed();
}
