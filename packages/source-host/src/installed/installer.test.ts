import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, realpath, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { installable, installableCode } from "../testing/installable.ts";
import { type NpmRegistry, type Published, serveNpmRegistry } from "../testing/npm-registry.ts";
import { packageTarball, tarballOf } from "../testing/tarball.ts";
import { findHostPackages } from "./host-packages.ts";
import { readInstalled } from "./installed-packages.ts";
import { type InstallerOptions, SourceInstaller } from "./installer.ts";

const NAME = "argus-source-x";
const DEAD = "http://127.0.0.1:9/";
const TOKEN = "t0ken";

let home: string;
let data: string;
let folder: string;
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "argus-install-")));
  data = join(home, "data");
  folder = join(data, "sources");
  await mkdir(join(home, "app"));
  await writeFile(join(home, "app", "package.json"), "{}");
  await useRegistry(DEAD);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** As a user sets it: in their own .npmrc. */
async function useRegistry(url: string): Promise<void> {
  const { host } = new URL(url);
  const settings = [`registry=${url}`, `//${host}/:_authToken=${TOKEN}`, "fetch-retries=0", "ignore-scripts=false"];
  await writeFile(join(home, ".npmrc"), settings.join("\n"));
}

function installer(changes: Partial<InstallerOptions> = {}): SourceInstaller {
  return new SourceInstaller({
    folder,
    ownPackages: ["argus-source-shipped"],
    env: { PATH: process.env["PATH"], HOME: home },
    node: process.execPath,
    signal: new AbortController().signal,
    ...changes,
  });
}

const install = (what: string, changes: Partial<InstallerOptions> = {}) => installer(changes).install(what, home);
const installed = () => readInstalled(folder, new AbortController().signal);

/** Writes a tarball with these files beside package.json and index.js; its path. */
async function tarball(changes: object = {}, files: Record<string, string | Buffer | object> = {}): Promise<string> {
  const path = join(home, "given.tgz");
  const packed = { "package.json": installable(NAME, changes), "index.js": installableCode("x"), ...files };
  await writeFile(path, packageTarball(packed));
  return path;
}

function release(version: string, changes: object = {}, code: string = installableCode("x")): Published {
  const manifest = installable(NAME, { version, ...changes });
  return { manifest, tarball: packageTarball({ "package.json": manifest, "index.js": code }) };
}

/** Everything below the data folder and what is in it, without what a link leads to. */
async function stateOf(): Promise<Record<string, string>> {
  const entries = await readdir(data, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")])));
}

describe("from a registry", () => {
  let registry: NpmRegistry;
  beforeEach(async () => {
    registry = await serveNpmRegistry(TOKEN);
    await useRegistry(registry.url);
  });
  afterEach(() => registry[Symbol.asyncDispose]());

  it("installs exactly the newest version with what it depends on, and the host's own SDK and zod", async () => {
    const other = {
      manifest: { name: "zod", version: "3.0.0" },
      tarball: packageTarball({ "package.json": { name: "zod", version: "3.0.0" } }),
    };
    const helper = { name: "helper", version: "2.1.0", dependencies: { zod: "3.0.0" } };
    registry.publish(
      release("1.0.0"),
      release("1.2.0", { dependencies: { helper: "^2.0.0" } }),
      { manifest: helper, tarball: packageTarball({ "package.json": helper }) },
      other,
    );
    expect(await install(NAME)).toEqual({ name: NAME, from: null, to: "1.2.0", id: "x", isChanged: true });

    const project = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    expect(project.dependencies).toEqual({ [NAME]: "1.2.0" });
    const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8"));
    expect(lock.packages["node_modules/helper"]).toMatchObject({ version: "2.1.0", integrity: expect.any(String) });
    expect(await installed()).toMatchObject([
      { name: NAME, from: "package", asked: "latest", version: "1.2.0", problems: [] },
    ]);
    // The other zod is there, for those who asked for it.
    expect(existsSync(join(folder, "node_modules", "zod", "package.json"))).toBe(true);
    for (const shared of await findHostPackages())
      expect(await realpath(join(folder, "node_modules", NAME, "node_modules", shared.name))).toBe(shared.folder);
    expect(registry.requests.filter((path) => path.startsWith("@argus/"))).toEqual([]);
    expect(await readdir(data)).toEqual(["sources"]);
  });

  it("updates within what was asked for", async () => {
    registry.publish(release("1.0.0"), release("1.1.0"), release("2.0.0"));
    await install(`${NAME}@1.0.0`);
    expect(await install(`${NAME}@^1.0.0`)).toMatchObject({ from: "1.0.0", to: "1.1.0" });
    registry.publish(release("1.3.0"));
    expect(await installer().update(NAME)).toMatchObject({ from: "1.1.0", to: "1.3.0", isChanged: true });
    expect(await installed()).toMatchObject([{ asked: "^1.0.0", version: "1.3.0" }]);
  });

  it("keeps what is installed when the update cannot be used, or is not there", async () => {
    registry.publish(release("1.0.0"));
    await install(NAME);
    registry.publish(release("1.1.0", { argus: { apiVersion: 9 } }));
    const before = await stateOf();
    await expect(installer().update(NAME)).rejects.toMatchObject({ message: expect.stringContaining("update Argus") });
    await useRegistry(DEAD);
    await expect(installer().update(NAME)).rejects.toMatchObject({ code: "ARGUS_NPM_FAILED" });
    await expect(installer().update("argus-source-y")).rejects.toMatchObject({
      code: "ARGUS_SOURCE_NOT_INSTALLED",
      message: expect.stringContaining(NAME),
    });
    expect(await stateOf()).toEqual(before);
  });

  it("says what npm says when there is no such package, version, or permission", async () => {
    await expect(install(NAME)).rejects.toMatchObject({
      code: "ARGUS_NPM_FAILED",
      message: expect.stringContaining("404"),
    });
    registry.publish(release("1.0.0"));
    await expect(install(`${NAME}@7`)).rejects.toMatchObject({ message: expect.stringContaining(`${NAME}@7`) });
    await writeFile(join(home, ".npmrc"), `registry=${registry.url}`);
    await expect(install(NAME)).rejects.toMatchObject({ message: expect.stringContaining("401") });
    expect(await stateOf()).toEqual({});
  });

  it("runs no git for a dependency", async () => {
    const mark = join(home, "ran");
    await writeFile(join(home, "git"), `#!/bin/sh\ntouch ${mark}\nexit 1\n`, { mode: 0o755 });
    registry.publish(release("1.0.0", { dependencies: { helper: "git+http://127.0.0.1:9/helper.git" } }));
    const env = { PATH: `${home}:${process.env["PATH"]}`, HOME: home };
    await expect(install(NAME, { env })).rejects.toMatchObject({ code: "ARGUS_NPM_FAILED" });
    expect(existsSync(mark)).toBe(false);
    expect(await stateOf()).toEqual({});
  });

  it("does not take more than it may, however much is sent", async () => {
    registry.publish(release("1.0.0"));
    const noise = randomBytes(1024 * 1024);
    registry.sendTarball = (answer) => {
      const more = (): void => {
        while (!answer.destroyed && answer.write(noise));
      };
      answer.on("drain", more);
      more();
    };
    await expect(install(NAME, { limits: { folderBytes: 20 * 1024 * 1024 } })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_TOO_LARGE",
    });
    expect(await readdir(data)).toEqual([]);
  });

  it("ends with the signal, and after the longest time, and leaves nothing behind", async () => {
    registry.publish(release("1.0.0"));
    const stopping = new AbortController();
    registry.sendTarball = () => stopping.abort(new Error("stopped"));
    await expect(install(NAME, { signal: stopping.signal })).rejects.toThrow("stopped");
    registry.sendTarball = () => undefined;
    await expect(install(NAME, { limits: { npmMs: 2000 } })).rejects.toMatchObject({ code: "ARGUS_NPM_FAILED" });
    expect(await readdir(data)).toEqual([]);
  });
});

describe("without a registry", () => {
  it("installs a folder and a tarball, runs no script of them, and removes them", async () => {
    const mark = join(home, "ran");
    const run = `node -e "require('fs').writeFileSync('${mark}','')"`;
    const scripts = Object.fromEntries(
      ["preinstall", "install", "postinstall", "prepare", "prepack", "postpack"].map((name) => [name, run]),
    );
    await mkdir(join(home, "mine"));
    const manifest = installable("@me/argus-source-mine", { scripts, files: ["index.js"] });
    await writeFile(join(home, "mine", "package.json"), JSON.stringify(manifest));
    await writeFile(join(home, "mine", "index.js"), installableCode("mine"));
    await writeFile(join(home, "mine", "diary.txt"), "mine alone");

    expect(await install("./mine")).toMatchObject({ name: "@me/argus-source-mine", id: "mine" });
    expect(await install(await tarball({ scripts }))).toMatchObject({ name: NAME, id: "x", to: "1.0.0" });
    expect(existsSync(mark)).toBe(false);
    expect(existsSync(join(folder, "node_modules", "@me", "argus-source-mine", "diary.txt"))).toBe(false);

    // It needs neither the folder nor the tarball any more.
    await rm(join(home, "mine"), { recursive: true });
    await rm(join(home, "given.tgz"));
    expect(await installer().remove("@me/argus-source-mine")).toBe("1.0.0");
    expect(await installed()).toMatchObject([{ name: NAME, from: "tarball", asked: join(home, "given.tgz") }]);
    expect(await readdir(join(folder, "packages"))).toEqual([expect.stringMatching(/^argus-source-x-1\.0\.0-/u)]);
    await expect(installer().remove("@me/argus-source-mine")).rejects.toMatchObject({
      code: "ARGUS_SOURCE_NOT_INSTALLED",
    });
    await expect(installer().remove("shipped")).rejects.toMatchObject({
      message: expect.stringContaining("shipped comes with Argus"),
    });
  });

  it("takes what is in a folder now when it is updated, though its version is the same", async () => {
    const mine = join(home, "mine");
    await mkdir(mine);
    await writeFile(join(mine, "package.json"), JSON.stringify(installable(NAME)));
    await writeFile(join(mine, "index.js"), installableCode("x"));
    await install("./mine");
    expect(await installer().update(NAME)).toMatchObject({ isChanged: false });
    await writeFile(join(mine, "index.js"), `${installableCode("x")}// newer\n`);
    expect(await installer().update(NAME)).toMatchObject({ from: "1.0.0", to: "1.0.0", isChanged: true });
    expect(await readFile(join(folder, "node_modules", NAME, "index.js"), "utf8")).toContain("// newer");
    expect(await readdir(join(folder, "packages"))).toHaveLength(1);
  });

  it("puts right what was damaged where it is installed, in the version that is there", async () => {
    await install(await tarball());
    const before = await stateOf();
    await writeFile(join(folder, "node_modules", NAME, "package.json"), "{");
    await rm(join(folder, "node_modules", NAME, "index.js"));
    expect(await installer().update(NAME)).toMatchObject({ to: "1.0.0", isChanged: true });
    expect(await stateOf()).toEqual(before);
    expect(await installer().update(NAME)).toMatchObject({ isChanged: false });
  });

  it.each<[string, object, Record<string, string | Buffer>, string]>([
    // What its package.json says is seen first: its code would end its process with a message of its own.
    ["is of another API", { argus: { apiVersion: 2 } }, { "index.js": "process.exit(0)" }, "update Argus"],
    ["is no source by its name", { name: "left-pad" }, {}, "argus-source-<id>"],
    ["comes with Argus", { name: "argus-source-shipped" }, {}, "comes with Argus"],
    [
      "brings a zod of its own",
      { dependencies: { zod: "4.0.0" }, bundleDependencies: ["zod"], peerDependencies: { "@argus/source-sdk": "*" } },
      { "node_modules/zod/package.json": '{"name":"zod","version":"4.0.0"}' },
      "it brings a zod of its own",
    ],
    ["has no entry", { exports: "./dist/index.js" }, {}, "is it built?"],
    ["ends its process", {}, { "index.js": "process.exit(0)" }, "ended its own process"],
    ["has no package.json", {}, { "package.json": "" }, "package.json"],
  ])("refuses a package that %s", async (_, changes, files, message) => {
    await expect(install(await tarball(changes, files))).rejects.toMatchObject({
      message: expect.stringContaining(message),
    });
    expect(await stateOf()).toEqual({});
  });

  it("refuses a tarball that is cut short, by its name", async () => {
    const file = await tarball();
    await truncate(file, 100);
    await expect(install(file)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_REFUSED",
      message: expect.stringContaining(`${file} is not installed: it is damaged`),
    });
    expect(await stateOf()).toEqual({});
  });

  it("refuses an id that another source has, and the other stays in use", async () => {
    await install(await tarball({ name: "argus-source-z" }));
    const before = await stateOf();
    await expect(install(await tarball({ name: "argus-source-a" }))).rejects.toMatchObject({
      code: "ARGUS_SOURCE_REFUSED",
      message: expect.stringContaining('"x" is taken by argus-source-z'),
    });
    const rival = await tarball({ name: "argus-source-a" }, { "index.js": installableCode("shipped") });
    await expect(install(rival)).rejects.toMatchObject({
      message: expect.stringContaining('"shipped" is taken by argus-source-shipped, which comes with Argus'),
    });
    expect(await stateOf()).toEqual(before);
  });

  it.each([["../../../../escaped.txt"], ["package/../../../../../escaped.txt"], ["/tmp/argus-escaped.txt"]])(
    "refuses a tarball with the path %s, and writes nothing there",
    async (path) => {
      const file = join(home, "evil.tgz");
      const good = { path: "package/package.json", content: JSON.stringify(installable(NAME)) };
      const code = { path: "package/index.js", content: installableCode("x") };
      await writeFile(file, tarballOf([good, { path, content: "escaped" }, code]));
      await expect(install(file)).rejects.toMatchObject({ code: "ARGUS_SOURCE_REFUSED" });
      expect((await readdir(home)).toSorted()).toEqual([".npmrc", "app", "data", "evil.tgz"]);
      expect(await stateOf()).toEqual({});
      expect(existsSync("/tmp/argus-escaped.txt")).toBe(false);
    },
  );

  it("leaves out links that a tarball holds", async () => {
    const file = join(home, "evil.tgz");
    await writeFile(
      file,
      tarballOf([
        { path: "package/package.json", content: JSON.stringify(installable(NAME)) },
        { path: "package/index.js", content: installableCode("x") },
        { path: "package/secret", link: "/etc/hostname" },
      ]),
    );
    await install(file);
    expect((await readdir(join(folder, "node_modules", NAME))).toSorted()).toEqual([
      "index.js",
      "node_modules",
      "package.json",
    ]);
  });

  it("refuses what is larger packed or unpacked, or has more files, than any source needs", async () => {
    const bomb = await tarball({}, { "zeros.bin": Buffer.alloc(8 * 1024 * 1024) });
    const tooLarge = { code: "ARGUS_SOURCE_TOO_LARGE" };
    await expect(install(bomb, { limits: { unpackedBytes: 1024 * 1024 } })).rejects.toMatchObject(tooLarge);
    await expect(install(bomb, { limits: { files: 2 } })).rejects.toMatchObject(tooLarge);
    await expect(install(bomb, { limits: { packedBytes: 1000 } })).rejects.toMatchObject(tooLarge);
    expect(await stateOf()).toEqual({});
  });

  it("finds the host again after it has moved", async () => {
    await install(await tarball());
    const link = join(folder, "node_modules", NAME, "node_modules", "zod");
    await rm(link);
    await cp(join(home, "app"), link, { recursive: true });
    expect((await installed())[0]?.problems).toEqual([]);
    const zod = (await findHostPackages()).find(({ name }) => name === "zod");
    expect(await realpath(link)).toBe(zod?.folder);
  });

  it("says that npm is missing", async () => {
    await expect(
      install(await tarball(), { env: { PATH: home, HOME: home }, node: join(home, "app", "package.json") }),
    ).rejects.toMatchObject({ code: "ARGUS_NPM_MISSING" });
  });
});

describe("while something else happens", () => {
  it("lets two commands at once take turns", async () => {
    const first = await tarball();
    const second = join(home, "second.tgz");
    await writeFile(
      second,
      packageTarball({ "package.json": installable("argus-source-y"), "index.js": installableCode("y") }),
    );
    await Promise.all([install(first), install(second)]);
    expect((await installed()).map(({ name }) => name).toSorted()).toEqual([NAME, "argus-source-y"]);
  });

  it("refuses the second when the first takes too long", async () => {
    const path = await tarball();
    const reached = Promise.withResolvers<void>();
    const first = install(path, { onStep: () => reached.resolve() });
    await reached.promise;
    await expect(install(path, { limits: { waitMs: 0 } })).rejects.toMatchObject({ code: "ARGUS_SOURCES_BUSY" });
    expect(await first).toMatchObject({ to: "1.0.0" });
  });

  it("puts things back after a command that was killed at the last moment, and clears away what it left", async () => {
    await install(await tarball());
    const before = await stateOf();
    // Between its two renames: the old folder is aside, the new one not in place yet.
    await cp(folder, join(data, ".sources-new-Ab12Cd"), { recursive: true });
    await cp(folder, join(data, ".sources-old"), { recursive: true, verbatimSymlinks: true });
    await rm(folder, { recursive: true });
    expect((await installed()).map(({ name }) => name)).toEqual([NAME]);
    expect(await stateOf()).toEqual(before);
    expect(await readdir(data)).toEqual(["sources"]);
  });

  it("does not touch a package.json that it did not write", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), "{}");
    await expect(install(await tarball())).rejects.toMatchObject({ code: "ARGUS_SOURCES_UNREADABLE" });
    expect(await readFile(join(folder, "package.json"), "utf8")).toBe("{}");
  });
});
