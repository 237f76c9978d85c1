import { z } from "zod";

import { cursorInvalid } from "./errors.ts";
import type { SortKey, SortOrder } from "./sort-order.ts";

const BASE64URL = /^[\w-]+$/u;

/** Where a page ended: the order's name, the last camera's key in it, and its id. */
const Cursor = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** The end of a page, in a keyset order: what follows it stays the same however many cameras come in between. */
export type PageEnd = { key: SortKey; id: string };

/** An opaque text for the end of a page; `readCursor` reads it back under the same order. */
export function writeCursor({ name }: Pick<SortOrder, "name">, { key, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([name, key, id] satisfies z.input<typeof Cursor>), "utf8").toString("base64url");
}

/** @throws ArgusError ARGUS_STORE_CURSOR_INVALID when it is broken or was made under another order. */
export function readCursor(cursor: string, order: Pick<SortOrder, "name" | "keyType">): PageEnd {
  const parsed = Cursor.safeParse(decode(cursor));
  if (!parsed.success) throw cursorInvalid(cursor, "is broken");
  const [name, key, id] = parsed.data;
  if (name !== order.name) throw cursorInvalid(cursor, `belongs to sort ${name}, not ${order.name}`);
  if (typeof key !== order.keyType) throw cursorInvalid(cursor, "is broken");
  return { key, id };
}

function decode(cursor: string): unknown {
  if (!BASE64URL.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
