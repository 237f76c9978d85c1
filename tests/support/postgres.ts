export { openTestPostgres, type TestPostgres } from "@argus/store/test-support";
