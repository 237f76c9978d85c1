import { afterAll, beforeAll } from "vitest";

import { openPostgresEngine } from "../postgres/open-postgres-engine.ts";
import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import { describePersonal } from "../test-support/personal-contract.ts";
import { describeSettings } from "../test-support/settings-contract.ts";
import { openTestPostgres, type TestPostgres } from "../test-support/postgres-server.ts";
import { TempFolder } from "../test-support/temp-folder.ts";

const OPTIONS = { busyTimeoutMs: 2000 };
const STARTING_MS = 60_000;

const folder = new TempFolder();
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
}, STARTING_MS);
afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
}, STARTING_MS);

describePersonal("in memory", () => openSqliteEngine(null, OPTIONS));
describePersonal("on SQLite", () => openSqliteEngine(folder.file(), OPTIONS));
describePersonal("on PostgreSQL", async () => openPostgresEngine(await postgres.url(), OPTIONS));

describeSettings("in memory", () => openSqliteEngine(null, OPTIONS));
describeSettings("on SQLite", () => openSqliteEngine(folder.file(), OPTIONS));
describeSettings("on PostgreSQL", async () => openPostgresEngine(await postgres.url(), OPTIONS));
