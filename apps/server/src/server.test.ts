import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { loadConfig } from "./config.ts";
import { type RunningServer, startServer } from "./server.ts";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "argus-server-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function start(toml = "", env: Readonly<Record<string, string>> = {}, port = "0"): Promise<RunningServer> {
  await writeFile(join(home, "argus.toml"), toml);
  const config = await loadConfig({ port, config: join(home, "argus.toml") }, { HOME: home, ...env });
  return await startServer({ config, env: {} });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function statusOf(port: number): Promise<number> {
  const asked = request({ host: "127.0.0.1", port, path: "/api/health", agent: false, timeout: 5000 });
  asked.once("timeout", () => asked.destroy(new Error("no answer")));
  const [response] = (await once(asked.end(), "response")) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

describe("startServer", () => {
  it("answers whoever asks while it starts", async () => {
    const port = await freePort();
    let answered = 0;
    const starting = start("", {}, String(port));
    // Asked anew until the port is taken: the first connection falls into the start.
    while (answered === 0) {
      answered = await statusOf(port).catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ECONNREFUSED") return 0;
        throw error;
      });
    }
    await using _server = await starting;
    expect([200, 503]).toContain(answered);
  });

  it("answers requests that no HTTP parser takes with JSON", async () => {
    await using server = await start();
    const long = await fetch(`${server.url}/api/cameras?q=${"a".repeat(20_000)}`);
    expect(long.status).toBe(431);
    expect(await long.json()).toMatchObject({ error: { code: "ARGUS_REQUEST_HEAD_TOO_LARGE" } });
  });

  it.each([
    ["[sources.tfl]\n", "sources.tfl"],
    ['[sources.demo]\nbas_url = "http://x.example"\n', "bas_url"],
    ['[sources.tfl-jamcam]\nbase_url = "not a URL"\n', "base_url"],
  ])("does not start with %j, and names it", async (toml, named) => {
    await expect(start(toml)).rejects.toMatchObject({
      code: "ARGUS_CONFIG_INVALID",
      message: expect.stringContaining(named),
    });
  });

  it("says which data folder cannot be used, and what mends it", async () => {
    const file = join(home, "file");
    await writeFile(file, "");
    for (const dir of [file, join(file, "below")]) {
      await expect(start("", { ARGUS_DATA_DIR: dir })).rejects.toMatchObject({
        code: "ARGUS_DATA_DIR_UNUSABLE",
        message: expect.stringMatching(/file.*ARGUS_DATA_DIR/u),
      });
    }
  });
});
