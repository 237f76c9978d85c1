/// <reference types="node" />
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, it } from "vitest";

import { type Asked, sendJson, serve } from "./testing/server.ts";

const PACKAGE = join(import.meta.dirname, "..");
const EXAMPLE = /```ts\n(?<code>.*?)^```$/msu;
const SCRAPE = { id: "s1", state: "complete", sources: [{ found: 60 }], finished_at: "2026-11-21T08:01:00.000Z" };
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/api/scrapes": { scrape: SCRAPE },
  "/api/cameras": { cameras: [{ id: "demo:1", name: "Harbour" }], total: 60, next_cursor: null },
  "/api/cameras.geojson": { type: "FeatureCollection", features: [] },
};

async function exampleFolder(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "argus-readme-"));
  await mkdir(join(folder, "node_modules", "@argus"), { recursive: true });
  await symlink(PACKAGE, join(folder, "node_modules", "@argus", "client"));
  const code = EXAMPLE.exec(await readFile(join(PACKAGE, "README.md"), "utf8"))?.groups?.["code"] ?? "";
  await writeFile(join(folder, "example.mts"), code.replaceAll("http://127.0.0.1:8765", url));
  return folder;
}

it("the README's example runs against a server to its end", { timeout: 30_000 }, async () => {
  const pathOf = ({ url }: Asked): string => url.split("?")[0] ?? "";
  await using server = await serve((asked, response) => {
    if (pathOf(asked) !== "/api/scrapes/stream") return sendJson(response, ANSWERS[pathOf(asked)]);
    response.writeHead(200, { "content-type": "text/event-stream" });
    return response.write(`event: progress\ndata: ${JSON.stringify(SCRAPE)}\n\n`);
  });
  const folder = await exampleFolder(server.url);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@argus/source", "example.mts"], {
      cwd: folder,
    });
    expect(stdout).toContain("complete [ 60 ]");
    expect(stdout).toContain(`[ 'Harbour', '${server.url}/api/cameras/demo%3A1/snapshot' ]`);
    expect(server.asked.map(pathOf)).toEqual([
      "/api/scrapes",
      "/api/scrapes/stream",
      "/api/cameras",
      "/api/cameras.geojson",
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
