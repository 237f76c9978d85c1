import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { runArgus, serve } from "../support/argus-process.ts";
import { openOrigin } from "../support/origin.ts";
import { makeScratch } from "../support/scratch.ts";
import { scrapeEnd } from "../support/scrape-end.ts";
import { writeSettings } from "../support/settings.ts";

describe("argus serve", () => {
  it("starts in an empty home, lists the demo cameras when asked to, and stops with 0", async () => {
    await using scratch = await makeScratch("start");
    await using argus = await serve({ home: scratch.path, args: ["--when-empty", "demo"] });
    const [scrape] = await argus.client.scrapes(1);
    if (scrape === undefined) throw new Error("no scrape was started");
    expect((await scrapeEnd(argus.client, scrape.id)).state).toBe("complete");
    expect(await argus.client.health()).toMatchObject({ status: "ready", store: { engine: "sqlite", cameras: 60 } });
    expect(await argus.stop()).toBe(0);
  });

  it("asks nothing of the network while it lists and shows demo cameras", async () => {
    await using scratch = await makeScratch("offline");
    // Told so, Node sends what its own clients send out to the trap instead.
    await using trap = await openOrigin({});
    await using argus = await serve({
      home: scratch.path,
      args: ["--when-empty", "demo"],
      env: { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: trap.url, HTTPS_PROXY: trap.url },
    });
    const [scrape] = await argus.client.scrapes(1);
    await scrapeEnd(argus.client, scrape?.id ?? "");
    const { cameras } = await argus.client.cameras({ kind: ["jpeg"], limit: 1 });
    const picture = await fetch(new URL(argus.client.snapshotUrl(cameras[0]?.id ?? ""), argus.url));
    const jpeg = Buffer.from(await picture.arrayBuffer());
    expect(jpeg.subarray(0, 3).toString("hex")).toBe("ffd8ff");
    expect(jpeg.subarray(-2).toString("hex")).toBe("ffd9");
    expect(trap.requests).toEqual([]);
  });

  it("says who holds the port", async () => {
    await using scratch = await makeScratch("port");
    await using other = await openOrigin({});
    const taken = await runArgus(scratch.path, ["serve", "--port", new URL(other.url).port]);
    expect(taken).toMatchObject({ code: 1, output: expect.stringContaining("taken by another program") });
    expect(taken.output).toMatch(/ARGUS_SERVER_PORT_TAKEN/u);
    await using argus = await serve({ home: scratch.path });
    const again = await runArgus(scratch.path, ["serve", "--port", new URL(argus.url).port]);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining("already running") });
  });

  it.each([
    ["an unknown key", { server: { prot: 1 } }, /server.*prot/u],
    ["an unknown section", { sever: {} }, /sever/u],
    ["a port that is none", { server: { port: 70_000 } }, /server\.port/u],
    ["a network that is none", { egress: { allow: ["10.0.0.0"] } }, /egress\.allow/u],
    ["an address for all", { server: { host: "0.0.0.0" } }, /0\.0\.0\.0.*allowed_hosts/u],
  ])("refuses settings with %s, and names it", async (_what, settings, named) => {
    await using scratch = await makeScratch("settings");
    await writeSettings(scratch.path, settings);
    expect(await runArgus(scratch.path, ["serve"])).toMatchObject({ code: 2, output: expect.stringMatching(named) });
  });

  it("refuses settings that are no TOML, and a file that is not there", async () => {
    await using scratch = await makeScratch("toml");
    const file = join(scratch.path, "broken.toml");
    await writeFile(file, "[server\nport = 1");
    expect(await runArgus(scratch.path, ["serve", "--config", file])).toMatchObject({
      code: 2,
      output: expect.stringContaining("broken.toml"),
    });
    expect(await runArgus(scratch.path, ["serve", "--config", `${file}.not`])).toMatchObject({
      code: 2,
      output: expect.stringContaining("broken.toml.not"),
    });
  });

  it("refuses a database file that is not one, names it and leaves it as it was", async () => {
    await using scratch = await makeScratch("database");
    const file = join(scratch.path, "holiday.jpg");
    const content = "not a database, but something dear to somebody".repeat(100);
    await writeFile(file, content);
    const answer = await runArgus(scratch.path, ["serve", "--port", "0"], { DATABASE_URL: `sqlite:${file}` });
    expect(answer).toMatchObject({ code: 1, output: expect.stringContaining("holiday.jpg") });
    expect(answer.output).toContain("ARGUS_STORE_NOT_A_DATABASE");
    expect(await readFile(file, "utf8")).toBe(content);
  });

  it.each(["postgres://argus:geheim@127.0.0.1:1/argus", "mysql://argus:geheim@127.0.0.1/argus"])(
    "refuses %s, where there is no database it can use, without telling the password",
    async (url) => {
      await using scratch = await makeScratch("postgres");
      const answer = await runArgus(scratch.path, ["serve", "--port", "0"], { DATABASE_URL: url });
      expect(answer).toMatchObject({ code: 1, output: expect.stringContaining("ARGUS_STORE_") });
      expect(answer.output).not.toContain("geheim");
    },
  );

  it.each([
    [["sevre"], "sevre"],
    [["serve", "--prot", "1"], "--prot"],
    [["serve", "--port", "http"], "--port"],
    [["serve", "now"], "now"],
  ])("refuses the words %j", async (args, named) => {
    await using scratch = await makeScratch("words");
    expect(await runArgus(scratch.path, args)).toMatchObject({ code: 2, output: expect.stringContaining(named) });
  });
});
