/** The largest file, in bytes. */
export const MAX_IMPORT_BYTES: number = 32 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 200_000;
/** How many faults a preview lists; all are counted. */
export const MAX_LISTED_BAD = 1000;
/** How many cameras a preview shows. */
export const SAMPLE_SIZE = 20;
/** How many columns that are not read a preview lists, and how many names of properties are remembered. */
export const MAX_COLUMNS = 1000;
