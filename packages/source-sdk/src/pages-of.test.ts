import { silentLog } from "@argus/core";
import { describe, expect, it } from "vitest";

import { type Page, type PagesContext, pagesOf, type PagesOptions } from "./pages-of.ts";

type Told = { progress: object[]; partial: string[] };

function context(signal: AbortSignal = new AbortController().signal): PagesContext & { told: Told } {
  const told: Told = { progress: [], partial: [] };
  return {
    told,
    signal,
    log: silentLog,
    progress: (step) => void told.progress.push(step),
    partial: (reason) => void told.partial.push(reason),
  };
}

async function read(options: PagesOptions, ctx: PagesContext = context()): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const page of pagesOf(ctx, options)) rows.push(...page);
  return rows;
}

const LIST = Array.from({ length: 7 }, (_, index) => index + 1);
const slice = (from: number, size: number): number[] => LIST.slice(from, from + size);

describe("pagesOf", () => {
  it("reads by page number until a page is empty", async () => {
    const asked: number[] = [];
    const rows = await read({
      by: "page",
      read: async (page) => {
        asked.push(page);
        return { rows: slice((page - 1) * 3, 3) };
      },
    });
    expect(rows).toEqual(LIST);
    expect(asked).toEqual([1, 2, 3, 4]);
  });

  it("asks for no more after a short page, where a full one's size is known", async () => {
    const asked: number[] = [];
    const rows = await read({
      by: "page",
      first: 0,
      size: 3,
      read: async (page) => {
        asked.push(page);
        return { rows: slice(page * 3, 3) };
      },
    });
    expect(rows).toEqual(LIST);
    expect(asked).toEqual([0, 1, 2]);
  });

  it("reads by offset, as far as the origin says there is more", async () => {
    const asked: number[] = [];
    const page = async (offset: number): Promise<Page> => {
      asked.push(offset);
      return { rows: slice(offset, 2), more: offset < 4 };
    };
    expect(await read({ by: "offset", size: 2, read: page })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(asked).toEqual([0, 2, 4]);
  });

  it.each<[string, Partial<Page>]>([
    ["rows", { total: 7 }],
    ["pages", { pages: 3 }],
  ])("stops at the number of %s that the origin tells", async (_, told) => {
    let asked = 0;
    const ctx = context();
    const page = async (number: number): Promise<Page> => {
      asked += 1;
      return { rows: slice((number - 1) * 3, 3), ...told };
    };
    expect(await read({ by: "page", read: page }, ctx)).toEqual(LIST);
    expect(asked).toBe(3);
    expect(ctx.told).toEqual({
      progress: [1, 2, 3].map((done) => ({ done, total: 3, message: `page ${done}` })),
      partial: [],
    });
  });

  it("follows links, relative ones too, and none twice", async () => {
    const pages: Record<string, Page> = {
      "https://cameras.example/list": { rows: [1], next: "?page=2" },
      "https://cameras.example/list?page=2": { rows: [2], next: "/list?page=3" },
      "https://cameras.example/list?page=3": { rows: [3], next: "https://cameras.example/list" },
    };
    const asked: string[] = [];
    const page = async (url: string): Promise<Page> => {
      asked.push(url);
      return pages[url] ?? { rows: [] };
    };
    expect(await read({ by: "link", first: "https://cameras.example/list", read: page })).toEqual([1, 2, 3]);
    expect(asked).toEqual(Object.keys(pages));
  });

  it("ends where an origin gives the last page over and over", async () => {
    const ctx = context();
    const page = async (number: number): Promise<Page> => ({ rows: slice(Math.min(number - 1, 2) * 3, 3) });
    expect(await read({ by: "page", read: page }, ctx)).toEqual(LIST);
    expect(ctx.told.partial).toEqual([]);
  });

  it("says that rows are missing where an origin ignores the page, but tells how many there are", async () => {
    const ctx = context();
    expect(await read({ by: "page", read: async () => ({ rows: [1, 2, 3], total: 7 }) }, ctx)).toEqual([1, 2, 3]);
    expect(ctx.told.partial).toEqual(["the origin gave 3 of 7 rows"]);
  });

  it("says that rows are missing after as many pages as it may read", async () => {
    const ctx = context();
    expect(await read({ by: "page", maxPages: 2, read: async (page) => ({ rows: [page] }) }, ctx)).toEqual([1, 2]);
    expect(ctx.told.partial).toEqual(["only the first 2 pages were read"]);
  });

  it("asks for no page after it was cancelled", async () => {
    const controller = new AbortController();
    let asked = 0;
    const reading = read(
      {
        by: "page",
        read: async (page) => {
          asked += 1;
          controller.abort("enough");
          return { rows: [page] };
        },
      },
      context(controller.signal),
    );
    await expect(reading).rejects.toBe("enough");
    expect(asked).toBe(1);
  });

  it("throws what reading a page throws", async () => {
    const failure = new Error("page 2 is broken");
    const page = async (number: number): Promise<Page> => {
      if (number === 2) throw failure;
      return { rows: [number] };
    };
    await expect(read({ by: "page", read: page })).rejects.toBe(failure);
  });
});
