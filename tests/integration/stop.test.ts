import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, it } from "vitest";

import { serve, startArgus } from "../support/argus-process.ts";
import { makeScratch } from "../support/scratch.ts";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The first answer of a server that is not listening yet. */
async function firstAnswer(url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url, { signal: AbortSignal.timeout(5000) });
    } catch (error) {
      const refused = error instanceof TypeError && (error.cause as NodeJS.ErrnoException).code === "ECONNREFUSED";
      if (!refused) throw error;
    }
  }
}

it("says that it is not ready while its database is kept from it, and stops with 0 when told to meanwhile", async () => {
  await using scratch = await makeScratch("stop");
  const file = join(scratch.path, "argus.db");
  const env = { DATABASE_URL: `sqlite:${file}` };
  await using before = await serve({ home: scratch.path, env });
  expect(await before.stop()).toBe(0);

  const other = new DatabaseSync(file);
  // Keeps readers out too, until it is closed.
  other.exec("pragma locking_mode = exclusive; begin exclusive");
  const port = await freePort();
  const argus = startArgus(scratch.path, ["serve", "--port", String(port)], env);
  const answer = await firstAnswer(`http://127.0.0.1:${port}/api/health`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: "not_ready", error: { code: "ARGUS_HEALTH_NOT_READY" } });
  argus.child.kill("SIGTERM");
  other.close();
  expect(await argus.ended).toMatchObject({ code: 0, output: expect.stringContaining("stopping") });
});
