import { silentLog } from "@argus/core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import type { StoreEngine } from "../store-engine.ts";
import { searchTerms } from "../search/terms.ts";
import { insertRows, sampleRow } from "../test-support/sample-rows.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { TextSearch } from "./text-search.ts";

const CAMERAS = 400;
const COMMON = 40;
const WORDS = ["Harbour", "Harbor", "of", "São", "路口", "市役所", "мост", "A", "Junction 7", "Jupiter", "c"];
const BEGINNINGS = ["ha", "harb", "ju", "路", "役所", "sao"];
const SEVERAL = ["harbour of", "jun harbor", "路口 мост", "a c", "harbour rare"];
const QUERIES = [...WORDS, ...BEGINNINGS, ...SEVERAL, "nothing"];
const folder = new TempFolder();
let engine: StoreEngine;
beforeAll(async () => {
  engine = await openSqliteEngine(folder.file(), { busyTimeoutMs: 1000 });
  await insertRows(
    engine,
    Array.from({ length: CAMERAS }, (_, n) => rowAt(n + 1, { seed: n, change_seq: 1 })),
  );
});
afterAll(async () => {
  await engine.close();
  folder[Symbol.dispose]();
});

/** About half of the words, by its seed; every fiftieth is rare as well. */
function rowAt(pk: number, { seed, change_seq }: { seed: number; change_seq: number }) {
  const held = WORDS.filter((_, at) => ((seed * 2_654_435_761) >>> (at + 3)) % 2 === 1);
  return sampleRow(pk, { change_seq, name: [...held, ...(seed % 50 === 0 ? ["Rare"] : [])].join(" ") || "Nowhere" });
}

async function write(rows: ReturnType<typeof rowAt>[], isNew: boolean): Promise<void> {
  await engine.write("changing", (transaction) =>
    isNew ? transaction.insertCameras(rows) : transaction.updateCameras(rows),
  );
}

/** An engine that counts what it is asked to search for. */
function counting(asked: string[], asking: StoreEngine = engine): StoreEngine {
  return new Proxy(asking, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (key === "search") asked.push(JSON.stringify(args[0]));
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
}

async function expectSame(search: TextSearch, sequence: number): Promise<void> {
  for (const q of QUERIES) {
    const terms = searchTerms(q) ?? [];
    const [found, wanted] = [await search.find(terms, sequence), await engine.search(terms)];
    expect([...found].toSorted(byNumber), q).toEqual([...wanted].toSorted(byNumber));
  }
}

const byNumber = (a: number, b: number): number => a - b;

it("finds what the engine finds, whatever has been written since common words were read", async () => {
  const asked: string[] = [];
  const limits = { leastCommon: COMMON, mostChanged: 60, leastPauseMs: 0 };
  const search = new TextSearch(counting(asked), limits);
  const care = { stop: new AbortController().signal, log: silentLog };

  await expectSame(search, 1);
  expect(asked).toHaveLength(QUERIES.length);
  await search.prepare(1, care);
  asked.length = 0;
  await expectSame(search, 1);
  // Only the rare ones, and those by themselves.
  expect(asked).toEqual([
    JSON.stringify([{ token: "rare", isPrefix: true }]),
    JSON.stringify([{ token: "nothing", isPrefix: true }]),
  ]);

  // Others than they were, and some more.
  await write(
    [5, 6, 7, 100, 399].map((pk) => rowAt(pk, { seed: pk * 31, change_seq: 2 })),
    false,
  );
  await write(
    [401, 402, 403].map((pk) => rowAt(pk, { seed: pk * 17, change_seq: 3 })),
    true,
  );
  asked.length = 0;
  await expectSame(search, 3);
  expect(asked).toHaveLength(2);

  // Too many to look at one by one: searched for in the usual way, until common words are read anew.
  const many = Array.from({ length: 80 }, (_, n) => rowAt(n + 1, { seed: n * 7, change_seq: 4 }));
  await write(many, false);
  asked.length = 0;
  await expectSame(search, 4);
  expect(asked.length).toBeGreaterThan(0);
  await search.prepare(4, care);
  asked.length = 0;
  await expectSame(search, 4);
  expect(asked).toHaveLength(2);
});

it("knows nothing beforehand where few cameras are", async () => {
  const asked: string[] = [];
  const search = new TextSearch(counting(asked), { leastCommon: CAMERAS * 2 });
  await search.prepare(4, { stop: new AbortController().signal, log: silentLog });
  await search.find(searchTerms("harbour") ?? [], 4);
  expect(asked).toHaveLength(1);
});

it("learns of common words when many cameras come after the start", async () => {
  const asked: string[] = [];
  await using own = new AsyncDisposableStack();
  const growing = await openSqliteEngine(folder.file(), { busyTimeoutMs: 1000 });
  own.defer(() => growing.close());
  const piers = (first: number) => Array.from({ length: 30 }, (_, n) => sampleRow(first + n, { name: "Pier" }));
  await insertRows(growing, piers(1));
  const search = new TextSearch(counting(asked, growing), { leastCommon: COMMON, leastPauseMs: 0 });
  await search.prepare(1, { stop: new AbortController().signal, log: silentLog });
  await insertRows(growing, piers(31));
  await vi.waitFor(async () => {
    asked.length = 0;
    expect(await search.find(searchTerms("pier") ?? [], 1)).toHaveLength(60);
    expect(asked).toEqual([]);
  });
});

it("stops with the signal, and searches go on", async () => {
  const stop = new AbortController();
  const search = new TextSearch(engine, { leastCommon: COMMON });
  const reading = search.prepare(4, { stop: stop.signal, log: silentLog });
  stop.abort();
  await reading;
  await expectSame(search, 4);
});
