import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it } from "vitest";

const PACKAGE = join(import.meta.dirname, "..");
const EXAMPLE = /```ts\n(?<code>.*?)^```$/msu;
const STAND_INS = {
  store: "FakeStore as CameraStore",
  "source-host": "FakeSources as SourceHost",
  streams: "FakeStreams as Streams",
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A folder with the README's example, this package, and stand-ins for the packages that this one may not know. */
async function exampleFolder(port: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "argus-readme-"));
  const scope = join(folder, "node_modules", "@argus");
  await mkdir(scope, { recursive: true });
  await symlink(PACKAGE, join(scope, "http-api"));
  for (const [name, exported] of Object.entries(STAND_INS)) {
    await mkdir(join(scope, name));
    await writeFile(join(scope, name, "package.json"), '{ "type": "module", "exports": "./index.js" }');
    await writeFile(
      join(scope, name, "index.js"),
      `export { ${exported} } from ${JSON.stringify(join(PACKAGE, "src", "testing", "fakes.ts"))};`,
    );
  }
  const code = EXAMPLE.exec(await readFile(join(PACKAGE, "README.md"), "utf8"))?.groups?.["code"] ?? "";
  await writeFile(join(folder, "example.mts"), code.replaceAll("8765", String(port)));
  return folder;
}

it("the README's example serves, and stops when told to", { timeout: 30_000 }, async () => {
  const port = await freePort();
  const folder = await exampleFolder(port);
  const child = spawn(process.execPath, ["--conditions=@argus/source", "example.mts"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const exit = once(child, "exit");
    const [line] = (await Promise.race([once(child.stdout, "data"), exit])) as [Buffer | number | null];
    const answer = await fetch(String(line).trim());
    expect(await answer.json()).toMatchObject({ status: "ready", version: "1.0.0" });
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  }
});
