import { digestOf } from "./digest.ts";
import type { ScrapeContext } from "./source.ts";

const DEFAULT_MAX_PAGES = 1000;

/** What was read of one page of a list. */
export type Page = {
  rows: readonly unknown[];
  /** Rows in all, when the origin tells. */
  total?: number | null | undefined;
  /** Pages in all, when the origin tells. */
  pages?: number | null | undefined;
  /** False on the last page, when the origin tells. True keeps a short page from being taken for the last. */
  more?: boolean | undefined;
  /** The next page's address, where pages are linked; none on the last. */
  next?: string | null | undefined;
};

export type PagesOptions =
  | {
      by: "page";
      read: (page: number) => Promise<Page>;
      /** Default: 1. */
      first?: number;
      /** Rows of a full page, where that is known: a shorter one is the last. */
      size?: number;
      /** Default: 1000. */
      maxPages?: number;
    }
  | { by: "offset"; read: (offset: number) => Promise<Page>; first?: number; size: number; maxPages?: number }
  | { by: "link"; read: (url: string) => Promise<Page>; first: string; size?: number; maxPages?: number };

export type PagesContext = Pick<ScrapeContext, "signal" | "progress" | "partial" | "log">;

/**
 * The rows of a list that comes in pages, page by page, with the progress told. Ends at an empty page, a short one, where
 * the origin says so, and where a page or link comes again. When rows must be missing (`total` says so, or `maxPages`
 * was reached), the scrape is marked partial. Throws what `read` throws.
 */
export async function* pagesOf(ctx: PagesContext, options: PagesOptions): AsyncGenerator<readonly unknown[], void> {
  const { maxPages = DEFAULT_MAX_PAGES } = options;
  const read = readerOf(options);
  const seen = new Set<string>();
  let rows = 0;
  let size = options.size ?? 0;
  for (let done = 0; done < maxPages; done += 1) {
    ctx.signal.throwIfAborted();
    const page = await read();
    if (page === null) return ctx.progress({ done });
    const { total } = page;
    const repeats = page.rows.length > 0 && isRepeated(page.rows, seen);
    if (page.rows.length === 0 || repeats) {
      if (repeats) ctx.log.warn("the origin gave a page again, which was taken for the end", { page: done + 1 });
      if (isNumber(total) && rows < total) ctx.partial(`the origin gave ${rows} of ${total} rows`);
      return ctx.progress({ done });
    }
    rows += page.rows.length;
    size = Math.max(size, page.rows.length);
    const pages = pagesIn(page, size);
    ctx.progress({ done: done + 1, message: `page ${done + 1}`, ...(pages === null ? {} : { total: pages }) });
    yield page.rows;
    if (isLast(page, { rows, done: done + 1, size: options.size })) return;
  }
  ctx.partial(`only the first ${maxPages} pages were read`);
}

/** Gives the next page each time it is called; null when the last one linked to none, or to one that was read already. */
function readerOf(options: PagesOptions): () => Promise<Page | null> {
  if (options.by === "link") return linkReader(options.first, options.read);
  const step = options.by === "page" ? 1 : options.size;
  let at = options.first ?? (options.by === "page" ? 1 : 0);
  return async () => {
    const page = await options.read(at);
    at += step;
    return page;
  };
}

function linkReader(first: string, read: (url: string) => Promise<Page>): () => Promise<Page | null> {
  const visited = new Set<string>();
  let next: string | null = first;
  return async () => {
    if (next === null || next === "" || visited.has(next)) return null;
    const url = next;
    visited.add(url);
    const page = await read(url);
    next = page.next ? (URL.parse(page.next, url)?.href ?? null) : null;
    return page;
  };
}

function isRepeated(rows: readonly unknown[], seen: Set<string>): boolean {
  const digest = digestOf(JSON.stringify(rows), "base64");
  if (seen.has(digest)) return true;
  seen.add(digest);
  return false;
}

function isLast(page: Page, read: { rows: number; done: number; size: number | undefined }): boolean {
  if (page.more !== undefined) return !page.more;
  if (isNumber(page.total)) return read.rows >= page.total;
  if (isNumber(page.pages)) return read.done >= page.pages;
  return read.size !== undefined && page.rows.length < read.size;
}

function pagesIn({ pages, total }: Page, size: number): number | null {
  if (isNumber(pages)) return pages;
  return isNumber(total) ? Math.ceil(total / size) : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
