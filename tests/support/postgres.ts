// Made for the store's own tests, and no part of what it offers others: the one import of it.
export { openTestPostgres, type TestPostgres } from "../../packages/store/src/testing/postgres-server.ts";
