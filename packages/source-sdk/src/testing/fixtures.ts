import { readFile } from "node:fs/promises";

/** One answer of an origin. */
export type Fixture = {
  /** Path, with or without its query (`/cameras?page=2`), or a test of the whole request URL. */
  path: string | RegExp | ((url: URL) => boolean);
  /** Default: 200. */
  status?: number;
  /** Text and bytes are sent as they are, everything else as JSON. */
  body?: unknown;
  /** Instead of `body`: a file. */
  bodyFile?: string | URL;
  /** Default: application/json for JSON, else text/html. */
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
  /** How many cameras of this answer the source must turn away. Default: 0. */
  rejected?: number;
  /** The same answer without a camera in it. Default: JSON with every list emptied, else nothing. */
  empty?: unknown;
};

/** A fixture read into memory. */
export type LoadedFixture = {
  readonly fixture: Fixture;
  readonly status: number;
  readonly body: Buffer;
  readonly emptyBody: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

export async function loadFixture(fixture: Fixture): Promise<LoadedFixture> {
  const body = fixture.bodyFile === undefined ? bytesOf(fixture.body ?? "") : await readFile(fixture.bodyFile);
  const json = asJson(body);
  const contentType = fixture.contentType ?? (json === undefined ? "text/html; charset=utf-8" : "application/json");
  return {
    fixture,
    status: fixture.status ?? 200,
    body,
    emptyBody: fixture.empty === undefined ? bytesOf(json === undefined ? "" : emptied(json)) : bytesOf(fixture.empty),
    headers: { "content-type": contentType, ...fixture.headers },
  };
}

/** Whether the fixture answers this request. */
export function matches({ path }: Fixture, url: URL): boolean {
  if (typeof path === "function") return path(url);
  if (path instanceof RegExp) return path.test(url.href);
  return path === (path.includes("?") ? url.pathname + url.search : url.pathname);
}

function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function asJson(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString());
    return value;
  } catch {
    return undefined;
  }
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]));
}
