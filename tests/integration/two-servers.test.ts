import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { openOrigin } from "../support/origin.ts";
import { openTestPostgres, type TestPostgres } from "../support/postgres.ts";
import { makeScratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSettings } from "../support/settings.ts";

const PATIENCE = { timeout: 30_000, interval: 20 };
const SOURCE = "tfl-jamcam";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

/** An origin whose list of cameras the test changes. */
function jamCams() {
  const listed = new Map<string, string>();
  const body = (): string =>
    JSON.stringify(
      [...listed].map(([id, name], n) => ({
        id,
        commonName: name,
        lat: 51.5 + n / 1000,
        lon: -0.1,
        additionalProperties: [
          { key: "available", value: "true" },
          { key: "imageUrl", value: `https://example.org/${id}.jpg` },
        ],
      })),
    );
  return { listed, body };
}

/** Two servers, each with a home of its own, on one database. */
async function twoServers(url: string, origin: string, homes: [string, string]): Promise<[ArgusProcess, ArgusProcess]> {
  const settings = { sources: { [SOURCE]: { base_url: origin } } };
  await Promise.all(homes.map((home) => writeSettings(home, settings)));
  // At once, so that both find an empty database and want to make its tables.
  const [first, second] = await Promise.all(homes.map((home) => serve({ home, env: { DATABASE_URL: url } })));
  return [first!, second!];
}

const present = async ({ client }: ArgusProcess): Promise<number> => (await client.health()).store.cameras;
const names = async ({ client }: ArgusProcess): Promise<string[]> =>
  (await client.cameras({ sort: "name" })).cameras.map(({ name }) => name);

describe("two servers on one PostgreSQL", () => {
  it("show what the other has stored, changed and marked gone, without being asked to look", async () => {
    await using scratch = await makeScratch("two-servers");
    await using other = await makeScratch("two-servers");
    const { listed, body } = jamCams();
    await using origin = await openOrigin({
      "/Place/Type/JamCam": (_request, response) => void response.end(body()),
    });
    const [first, second] = await twoServers(await postgres.url(), origin.url, [scratch.path, other.path]);
    await using stack = new AsyncDisposableStack();
    stack.use(first);
    stack.use(second);

    for (let n = 0; n < 50; n += 1) listed.set(`JamCams_${n}`, `Camera ${n}`);
    await scrapeToEnd(first.client, [SOURCE]);
    // Health counts what is in memory: nothing but the notification brings it there.
    await expect.poll(() => present(second), PATIENCE).toBe(50);
    const tile = await second.client.extent({});
    expect(tile.located).toBe(50);

    // What is set about a source holds on both at once.
    await first.client.changeSource(SOURCE, { options: { interval_s: 7200 } });
    expect(await second.client.source(SOURCE)).toMatchObject({ interval_s: 7200 });
    await second.client.changeSource(SOURCE, { options: { interval_s: null } });
    expect(await first.client.source(SOURCE)).toMatchObject({ options: { values: { base_url: origin.url } } });

    listed.set("JamCams_7", "Renamed");
    listed.delete("JamCams_8");
    await scrapeToEnd(second.client, [SOURCE]);
    await expect.poll(() => present(first), PATIENCE).toBe(49);
    expect(await names(first)).toContain("Renamed");
    expect(await names(first)).toEqual(await names(second));
  });

  it("miss nothing when their connections are cut", async () => {
    await using scratch = await makeScratch("two-servers");
    await using other = await makeScratch("two-servers");
    const { listed, body } = jamCams();
    await using origin = await openOrigin({
      "/Place/Type/JamCam": (_request, response) => void response.end(body()),
    });
    const url = await postgres.url();
    const [first, second] = await twoServers(url, origin.url, [scratch.path, other.path]);
    await using stack = new AsyncDisposableStack();
    stack.use(first);
    stack.use(second);
    for (let round = 1; round <= 5; round += 1) {
      await cutConnections(url);
      listed.set(`JamCams_${round}`, `Camera ${round}`);
      await expect
        .poll(async () => (await scrapeToEnd(first.client, [SOURCE])).state, { ...PATIENCE, timeout: 60_000 })
        .toBe("complete");
      await expect.poll(() => present(second), PATIENCE).toBe(round);
    }
    expect(await names(second)).toEqual(await names(first));
  });
});

async function cutConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'argus' and datname = current_database()",
    );
  } finally {
    await client.end();
  }
}
