import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open, rename } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { crc32 } from "node:zlib";

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { CameraIndex } from "../index/camera-index.ts";
import { indexRowOf, sampleCamera } from "../test-support/index-rows.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { HEAD_BYTES, type Header, readHeader } from "./file-head.ts";
import { OpenSnapshot, removeAbandoned, writeUnfinished } from "./snapshot-file.ts";

// More than one chunk of a column, and more than one page of texts.
const CAMERAS = 17_000;
const FOREVER = new AbortController().signal;
const header = {
  schema: 4,
  token: "a-token",
  change_seq: 7,
  greatest_pk: CAMERAS,
  completed: [["a", "2026-11-21T12:00:00.000Z"]] as [string, string][],
};
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());
let whole: Buffer;
let sections: { name: string; at: number; bytes: number }[];
let headerAt: number;

function makeIndex(cameras: number): CameraIndex {
  const index = new CameraIndex();
  for (let n = 0; n < cameras; n += 1) {
    const place = { lat: n % 80, lon: n % 170, city: `City ${n % 300}`, tags: [`tag ${n % 50}`], country: "GB" };
    const camera = sampleCamera(`a:${n}`, { name: `Camera at the bridge of the street number ${n % 7000}`, ...place });
    index.put(indexRowOf(camera, n + 1));
  }
  for (let slot = 0; slot < cameras; slot += 9) index.markGone(slot);
  return index;
}

async function write(index: CameraIndex, path = folder.file("registry.db.index")): Promise<string> {
  const { part, bytes } = await writeUnfinished(path, index, header, FOREVER);
  expect(statSync(part).size).toBe(bytes);
  await rename(part, path);
  return path;
}

async function read(path: string): Promise<CameraIndex> {
  await using snapshot = await OpenSnapshot.open(path);
  const index = new CameraIndex();
  await snapshot.readInto(index);
  return index;
}

async function readBytes(bytes: Uint8Array): Promise<CameraIndex> {
  const path = folder.file("changed.index");
  writeFileSync(path, bytes);
  return read(path);
}

/** The file with other bytes at a place. */
function changed(at: number, ...bytes: number[]): Buffer {
  const copy = Buffer.from(whole);
  copy.set(bytes, at);
  return copy;
}

function flipped(at: number): Buffer {
  return changed(at, (whole[at] ?? 0) ^ (1 << (at % 8)));
}

/** The same with a head that says that it is right. */
function withHead(change: (head: Buffer) => void): Buffer {
  const copy = Buffer.from(whole);
  change(copy);
  copy.writeUInt32LE(crc32(copy.subarray(0, 24)), 24);
  return copy;
}

/** The same with another header that says that it is right. */
function withHeader(change: (of: Header) => unknown): Buffer {
  const parsed = JSON.parse(whole.toString("utf8", headerAt)) as Header;
  change(parsed);
  const text = Buffer.from(JSON.stringify(parsed));
  const copy = Buffer.concat([whole.subarray(0, headerAt), text]);
  copy.writeUInt32LE(text.length, 16);
  copy.writeUInt32LE(crc32(text), 20);
  copy.writeUInt32LE(crc32(copy.subarray(0, 24)), 24);
  return copy;
}

const unusable = (message = ""): object => ({ name: "SnapshotUnusable", message: expect.stringContaining(message) });

beforeAll(async () => {
  const path = await write(makeIndex(CAMERAS));
  whole = readFileSync(path);
  await using file = await open(path);
  const { sections: found } = await readHeader(file, whole.length);
  let at = HEAD_BYTES;
  sections = found.map(({ name, bytes }) => ({ name, bytes, at: (at += bytes) - bytes }));
  headerAt = at;
});

it("holds an index and what is said of it", async () => {
  const path = folder.file("same.index");
  writeFileSync(path, whole);
  await using snapshot = await OpenSnapshot.open(path);
  expect(snapshot.header).toMatchObject({ ...header, cameras: CAMERAS });
  const [index, expected] = [await read(path), makeIndex(CAMERAS)];
  expect(index.size).toBe(expected.size);
  expect(index.countBySource()).toEqual(expected.countBySource());
  const selection = await index.select({ bbox: [3, 3, 9, 9], tag: ["tag 5"] }, null);
  expect(selection).toEqual(await expected.select({ bbox: [3, 3, 9, 9], tag: ["tag 5"] }, null));
  expect(await index.facets(selection)).toEqual(await expected.facets(selection));
  for (const sort of ["name", "-id"] as const) {
    const page = await index.page(selection, { sort });
    expect(page.slots.length).toBeGreaterThan(0);
    expect(page).toEqual(await expected.page(selection, { sort }));
  }
});

it("is written byte for byte the same after it was read", async () => {
  const path = folder.file("first.index");
  writeFileSync(path, whole);
  expect(readFileSync(await write(await read(path))).equals(whole)).toBe(true);
});

it("holds an index without cameras", async () => {
  expect((await read(await write(new CameraIndex()))).length).toBe(0);
});

it("is for its owner's eyes", async () => {
  expect(statSync(await write(makeIndex(1))).mode & 0o777).toBe(0o600);
});

it("is refused when one bit of any section is another", async () => {
  const filled = sections.filter(({ bytes }) => bytes > 0);
  expect(filled.length).toBeGreaterThan(40);
  for (const { name, at, bytes } of filled) {
    const place = at + Math.floor(Math.random() * bytes);
    await expect(readBytes(flipped(place)), `bit of byte ${place}`).rejects.toMatchObject(
      unusable(`${name} are damaged`),
    );
  }
});

it("is refused when one bit of its head or of its header is another", async () => {
  for (let at = 0; at < HEAD_BYTES; at += 1) await expect(readBytes(flipped(at))).rejects.toMatchObject(unusable());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: headerAt, max: whole.length - 1 }), async (at) => {
      await expect(readBytes(flipped(at))).rejects.toMatchObject(unusable("header is damaged"));
    }),
    { numRuns: 20 },
  );
});

it("is refused when it is cut short anywhere, or has something behind its end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
      await expect(readBytes(whole.subarray(0, length))).rejects.toMatchObject(unusable());
    }),
    { numRuns: 30, examples: [[0], [1], [HEAD_BYTES - 1], [HEAD_BYTES]] },
  );
  await expect(readBytes(Buffer.concat([whole, Buffer.alloc(1)]))).rejects.toMatchObject(unusable());
});

it.each([
  ["another format", () => withHead((head) => head.writeUInt32LE(99, 8)), "format 99 instead of"],
  ["another byte order", () => withHead((head) => head.subarray(12, 16).reverse()), "byte order"],
  ["a header longer than the file", () => withHead((head) => head.writeUInt32LE(0xffff_ffff, 16)), "cut short"],
  ["another magic", () => withHead((head) => head.write("ArgusIdy")), "no snapshot"],
  ["sections that do not fill it", () => withHeader(({ sections: [first] }) => (first!.bytes += 8)), "as long as"],
  ["an endless section", () => withHeader(({ sections: [first] }) => (first!.bytes = 2 ** 52)), "as long as"],
  ["a negative length", () => withHeader(({ sections: [first] }) => (first!.bytes = -8)), "as it should be"],
  ["no token", () => withHeader((of) => (of.token = "")), "as it should be"],
  ["a section less", () => withHeader((of) => (of.sections.at(-1)!.name = "other")), "it has no "],
  ["a number less", () => withHeader((of) => delete of.numbers["columns.length"]), "it has no columns.length"],
  ["another count", () => withHeader((of) => (of.cameras += 1)), `holds ${CAMERAS} cameras instead of`],
  [
    "values that are not whole",
    () =>
      withHeader(({ sections: [first, second] }) => {
        first!.bytes += 1;
        second!.bytes -= 1;
      }),
    "not whole",
  ],
])("is refused with %s", async (_what, make, message) => {
  await expect(readBytes(make())).rejects.toMatchObject(unusable(message));
});

it("is refused where something else is in its place", async () => {
  const path = folder.file("folder.index");
  mkdirSync(path);
  await expect(read(path)).rejects.toMatchObject(unusable("no file"));
  await expect(read(folder.file("missing.index"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readBytes(Buffer.alloc(100_000))).rejects.toMatchObject(unusable("no snapshot"));
  if (process.platform === "win32") return;
  const pipe = folder.file("pipe.index");
  execFileSync("mkfifo", [pipe]);
  await expect(read(pipe)).rejects.toMatchObject(unusable("no file"));
});

it("leaves nothing behind when it is given up or cannot be written", async () => {
  const path = folder.file("given-up.index");
  const index = makeIndex(100);
  await expect(writeUnfinished(path, index, header, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  expect(readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)))).toEqual([]);
});

it("is rid of what writers that were killed have left, not of what is being written", async () => {
  const path = folder.file("old.index");
  for (const name of [path, `${path}.part-new`, `${path}.part-old`, `${path}2.part-old`])
    closeSync(openSync(name, "w"));
  const past = new Date(Date.now() - 3_600_000);
  for (const name of [path, `${path}.part-old`, `${path}2.part-old`]) utimesSync(name, past, past);
  await removeAbandoned(path);
  const left = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  expect(left.toSorted()).toEqual([path, `${path}.part-new`, `${path}2.part-old`].map((name) => basename(name)));
});
