import { showValue } from "@argus/core";

import { urlInvalid } from "./errors.ts";

const SQLITE_PREFIX = "sqlite:";
// At least two letters, so that a Windows drive is no scheme.
const SCHEME = /^([a-z][a-z0-9+.-]+):/iu;

/**
 * The file a store url names: `sqlite:<path>`, `sqlite:///<absolute path>` or a plain path.
 * @throws ArgusError ARGUS_STORE_URL_INVALID; only the scheme of a foreign url is shown, for it may hold a password.
 */
export function sqlitePath(url: string): string {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "sqlite") {
    throw urlInvalid(`${scheme}:…`, "only SQLite is supported; give sqlite:<path> or a path");
  }
  const path = scheme === undefined ? url : url.slice(SQLITE_PREFIX.length);
  if (path.startsWith("//") && !path.startsWith("///")) {
    throw urlInvalid(showValue(url), "it names a host; give sqlite:<path> or sqlite:///<absolute path>");
  }
  const file = path.replace(/^\/+/u, "/");
  if (file === "" || file.includes("\0")) throw urlInvalid(showValue(url), "it names no file");
  if (file === ":memory:") throw urlInvalid(showValue(url), "leave the url out for a store in memory");
  return file;
}
