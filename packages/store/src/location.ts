import { showValue } from "@argus/core";

import { urlInvalid } from "./errors.ts";

const SQLITE_PREFIX = "sqlite:";
// At least two letters, so that a Windows drive is no scheme.
const SCHEME = /^([a-z][a-z0-9+.-]+):/iu;
const POSTGRES: ReadonlySet<string> = new Set(["postgres", "postgresql"]);

/** Where a store keeps its cameras. */
export type StoreLocation =
  | { readonly engine: "memory" }
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "postgres"; readonly url: string };

/**
 * What a store url names: `sqlite:<path>`, `sqlite:///<absolute path>` or a plain path; `postgres://…`; none: memory.
 * @throws ArgusError ARGUS_STORE_URL_INVALID; only the scheme of a foreign url is shown, for it may hold a password.
 */
export function readLocation(url: string | undefined): StoreLocation {
  if (url === undefined) return { engine: "memory" };
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return { engine: "sqlite", path: filePath(url, url) };
  if (scheme === "sqlite") return { engine: "sqlite", path: filePath(url, url.slice(SQLITE_PREFIX.length)) };
  if (POSTGRES.has(scheme)) return { engine: "postgres", url: serverUrl(url) };
  throw urlInvalid(`${scheme}:…`, "give sqlite:<path>, a path, or postgres://user@host/database");
}

function filePath(url: string, path: string): string {
  if (path.startsWith("//") && !path.startsWith("///")) {
    throw urlInvalid(showValue(url), "it names a host; give sqlite:<path> or sqlite:///<absolute path>");
  }
  const file = path.replace(/^\/+/u, "/");
  if (file === "" || file.includes("\0")) throw urlInvalid(showValue(url), "it names no file");
  if (file === ":memory:") throw urlInvalid(showValue(url), "leave the url out for a store in memory");
  return file;
}

function serverUrl(url: string): string {
  if (!URL.canParse(url)) throw urlInvalid("postgres:…", "give postgres://user:password@host:port/database");
  return url;
}
