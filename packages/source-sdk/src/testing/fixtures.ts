import { readFile } from "node:fs/promises";

/** One answer of an origin. */
export type Fixture = {
  /** Path, with or without its query (`/cameras?page=2`), or a test of the whole request URL. */
  path: string | RegExp | ((url: URL) => boolean);
  /** The origin's host, where a source asks several. Default: any. */
  host?: string;
  /** Default: any. */
  method?: "GET" | "POST";
  /** Parameters the query must have, whatever else it has. */
  query?: Readonly<Record<string, string>>;
  /** What the request's body must contain, match, or pass. */
  requestBody?: string | RegExp | ((text: string) => boolean);
  /** Default: 200. */
  status?: number;
  /** Text and bytes are sent as they are, everything else as JSON. */
  body?: unknown;
  /** Instead of `body`: a file. */
  bodyFile?: string | URL;
  /** Default: application/json for JSON, application/xml for XML, else text/html. */
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
  /** How many cameras of this answer the source must turn away. Default: 0. */
  rejected?: number;
  /**
   * The same answer without a camera in it. Default: JSON with every list emptied, CSV (by contentType) with its header
   * only, else nothing.
   */
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

/** A request as fixtures are matched with it. */
export type FixtureRequest = { url: URL; method: string; body: string };

const FIRST_LINE = /^[^\r\n]*/u;

export async function loadFixture(fixture: Fixture): Promise<LoadedFixture> {
  const body = fixture.bodyFile === undefined ? bytesOf(fixture.body ?? "") : await readFile(fixture.bodyFile);
  const json = asJson(body);
  const contentType = fixture.contentType ?? guessType(body, json);
  return {
    fixture,
    status: fixture.status ?? 200,
    body,
    emptyBody: bytesOf(fixture.empty ?? emptied(body, json, contentType)),
    headers: { "content-type": contentType, ...fixture.headers },
  };
}

/** Whether the fixture answers this request. */
export function matches(fixture: Fixture, { url, method, body }: FixtureRequest): boolean {
  if (fixture.method !== undefined && fixture.method !== method) return false;
  if (fixture.host !== undefined && fixture.host !== url.host) return false;
  const asked = Object.entries(fixture.query ?? {});
  if (!asked.every(([name, value]) => url.searchParams.get(name) === value)) return false;
  return matchesPath(fixture.path, url) && matchesBody(fixture.requestBody, body);
}

/** How a message calls a fixture. */
export function nameOfFixture({ method, host, path, query, requestBody }: Fixture): string {
  const particulars = [query, requestBody].filter((one) => one !== undefined).map((one) => describe(one));
  return [method, host, String(path), ...particulars].filter((part) => part !== undefined).join(" ");
}

function describe(particular: object | string): string {
  return particular instanceof RegExp || typeof particular === "function"
    ? String(particular)
    : JSON.stringify(particular);
}

function matchesPath(path: Fixture["path"], url: URL): boolean {
  if (typeof path === "function") return path(url);
  if (path instanceof RegExp) return path.test(url.href);
  return path === (path.includes("?") ? url.pathname + url.search : url.pathname);
}

function matchesBody(wanted: Fixture["requestBody"], body: string): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === "function") return wanted(body);
  return typeof wanted === "string" ? body.includes(wanted) : wanted.test(body);
}

function guessType(body: Buffer, json: unknown): string {
  if (json !== undefined) return "application/json";
  return body.toString("latin1", 0, 5) === "<?xml" ? "application/xml" : "text/html; charset=utf-8";
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

function emptied(body: Buffer, json: unknown, contentType: string): unknown {
  if (json !== undefined) return withoutRows(json);
  return contentType.startsWith("text/csv") ? (FIRST_LINE.exec(body.toString("latin1"))?.[0] ?? "") : "";
}

function withoutRows(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutRows(inner)]));
}
