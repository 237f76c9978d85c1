import { join } from "node:path";
import { fileURLToPath } from "node:url";

import Database from "better-sqlite3";
import { expect, it } from "vitest";

import { serve } from "../support/argus-process.ts";
import { makeScratch } from "../support/scratch.ts";
import { writeSourceApp } from "../support/source-package.ts";

const PATIENCE_MS = 30_000;
const ENDLESS = `for (let i = 0; !ctx.signal.aborted; i += 1) {
  await ctx.emit(camera("e" + i, { description: "d".repeat(500) }));
  if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
}`;

it("shows after kill -9 in the middle of a scrape what was committed, whole, and says what happened to the scrape", async () => {
  await using scratch = await makeScratch("kill");
  const env = { TEST_SOURCES_FROM: await writeSourceApp(scratch.path, [{ id: "endless", scrape: ENDLESS }]) };
  const script = fileURLToPath(new URL("../support/serve-sources.ts", import.meta.url));

  const first = await serve({ home: scratch.path, script, env });
  await first.client.startScrape(["endless"]);
  let told = 0;
  for await (const scrape of first.client.scrapeEvents({ signal: AbortSignal.timeout(PATIENCE_MS) })) {
    told = scrape.sources[0]?.new ?? 0;
    if (told > 5000) break;
  }
  expect((await first.client.currentScrape())?.state).toBe("running");
  await first.kill();

  await using second = await serve({ home: scratch.path, script, env });
  const { cameras, total } = await second.client.cameras({ source: ["endless"], sort: "first_seen_at", limit: 1 });
  expect(total).toBeGreaterThanOrEqual(told);
  expect(cameras[0]?.description).toHaveLength(500);
  // One after the other and without a hole: no batch is there in part.
  const numbers = rawNumbers(join(scratch.path, "data", "argus", "argus.db"));
  expect(numbers).toEqual(Array.from({ length: total }, (_, index) => index));

  const [interrupted] = await second.client.scrapes(1);
  expect(interrupted).toMatchObject({
    state: "failed",
    sources: [{ state: "failed", message: expect.stringMatching(/server stopped/u) }],
  });
  expect(await second.client.currentScrape()).toBeNull();
});

/** The numbers of the stored ids, ascending, read past Argus by SQLite itself; throws on a damaged file. */
function rawNumbers(file: string): number[] {
  const database = new Database(file, { readonly: true });
  try {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    const rows = database.prepare<[], { id: string }>("select id from cameras").all();
    return rows.map(({ id }) => Number(id.replace("endless:e", ""))).toSorted((a, b) => a - b);
  } finally {
    database.close();
  }
}
