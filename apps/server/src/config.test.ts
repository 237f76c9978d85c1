import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { loadConfig } from "./config.ts";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "argus-config-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function write(toml: string): Promise<void> {
  await mkdir(join(home, ".config", "argus"), { recursive: true });
  await writeFile(join(home, ".config", "argus", "argus.toml"), toml);
}

describe("loadConfig", () => {
  it("needs nothing: loopback, port 8765, data in the XDG folder", async () => {
    const config = await loadConfig({}, { HOME: home });
    expect(config.file).toBeNull();
    expect(config.settings.server).toEqual({ host: "127.0.0.1", port: 8765, allowed_hosts: [] });
    expect(config.databaseUrl).toBe(`sqlite:${join(home, ".local", "share", "argus", "argus.db")}`);
  });

  it("lets flags win over the environment and the environment over the file", async () => {
    await write('[server]\nport = 1111\nhost = "127.0.0.2"\n');
    expect((await loadConfig({}, { HOME: home })).settings.server.port).toBe(1111);
    const env = { HOME: home, ARGUS_PORT: "2222", ARGUS_DATA_DIR: join(home, "elsewhere") };
    const fromEnv = await loadConfig({}, env);
    expect(fromEnv.settings.server).toMatchObject({ port: 2222, host: "127.0.0.2" });
    expect(fromEnv.dataDir).toBe(join(home, "elsewhere"));
    expect((await loadConfig({ port: "3333" }, env)).settings.server.port).toBe(3333);
  });

  it("takes an empty environment variable for one that is not set", async () => {
    const config = await loadConfig({}, { HOME: home, ARGUS_PORT: "", DATABASE_URL: "", XDG_DATA_HOME: "" });
    expect(config.settings.server.port).toBe(8765);
    expect(config.databaseUrl).toContain(join(home, ".local"));
  });

  it.each(["postgres://argus:secret@127.0.0.1/argus", "postgresql:///argus"])(
    "takes %s as DATABASE_URL",
    async (url) => {
      await write('[store]\ndatabase_url = "sqlite:elsewhere.db"\n');
      expect((await loadConfig({}, { HOME: home })).databaseUrl).toBe("sqlite:elsewhere.db");
      expect((await loadConfig({}, { HOME: home, DATABASE_URL: url })).databaseUrl).toBe(url);
    },
  );

  it("takes an empty ARGUS_CONFIG for one that is not set", async () => {
    expect((await loadConfig({}, { HOME: home, ARGUS_CONFIG: "" })).file).toBeNull();
  });

  it("does not let a flag hide that its section is none", async () => {
    await write("server = 5\n");
    await expect(loadConfig({ port: "1" }, { HOME: home })).rejects.toMatchObject({
      code: "ARGUS_CONFIG_INVALID",
      message: expect.stringContaining("server"),
    });
  });

  it("hands on a source's options as they stand, for its own schema to check", async () => {
    await write('[sources.tfl-jamcam]\nbase_url = "http://127.0.0.1:1"\n');
    const { settings } = await loadConfig({}, { HOME: home });
    expect(settings.sources).toEqual({ "tfl-jamcam": { base_url: "http://127.0.0.1:1" } });
  });

  it.each([
    ["[server]\nprot = 1\n", "prot"],
    ["[sever]\n", "sever"],
    ['[server]\nport = "80"\n', "server.port"],
    ["sources = 3\n", "sources"],
    ['[egress]\nallow = ["10.0.0.0"]\n', "egress.allow"],
  ])("names what is wrong in %j", async (toml, named) => {
    await write(toml);
    await expect(loadConfig({}, { HOME: home })).rejects.toMatchObject({
      code: "ARGUS_CONFIG_INVALID",
      message: expect.stringContaining(named),
    });
  });

  it.each(["0.0.0.0", "::", "192.168.1.5", "argus.example.org"])(
    "refuses to listen on %s without access keys",
    async (host) => {
      await expect(loadConfig({ host }, { HOME: home })).rejects.toMatchObject({
        message: expect.stringContaining(host),
      });
    },
  );

  it.each(["127.0.0.1", "127.8.8.8", "::1", "localhost"])("listens on %s", async (host) => {
    await expect(loadConfig({ host }, { HOME: home })).resolves.toMatchObject({ settings: { server: { host } } });
  });

  it("refuses a port that is no number", async () => {
    await expect(loadConfig({}, { HOME: home, ARGUS_PORT: "http" })).rejects.toMatchObject({
      message: expect.stringContaining("ARGUS_PORT"),
    });
  });
});
