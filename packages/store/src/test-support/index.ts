// What the tests and measurements of the workspace share with those of this package; no part of what is published.
export { listingHash } from "../hash.ts";
export { ROW_COLUMNS, rowValues } from "../row-values.ts";
export { openTestPostgres, type TestPostgres } from "./postgres-server.ts";
