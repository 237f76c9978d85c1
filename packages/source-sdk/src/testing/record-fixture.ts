import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { decodeText } from "../charset.ts";
import { httpFrom } from "../http-from.ts";
import type { HttpRequest } from "../http.ts";
import type { HttpTransport } from "../http-transport.ts";
import type { PoliteHttpOptions } from "../polite-http-options.ts";
import { createHttpTransport } from "../polite-transport.ts";
import { redactText } from "./redact-text.ts";
import { trimText } from "./trim-text.ts";

const DEFAULT_ROWS = 5;

export type RecordOptions = {
  url: string;
  /** Where the fixture is written, as UTF-8; its folder is made if it is not there. */
  file: string | URL;
  /** Rows that every list keeps. Default: 5. */
  rows?: number;
  request?: HttpRequest;
  /** Texts that must not stand in it: the key that was used. */
  secrets?: readonly string[];
  signal?: AbortSignal;
  /** Over polite HTTP's defaults; the host of `url` is declared already. */
  http?: Partial<PoliteHttpOptions>;
};

export type Recording = {
  format: "json" | "xml" | "csv" | "other";
  contentType: string | null;
  /** Bytes that the origin sent, and that were written. */
  received: number;
  written: number;
};

/**
 * Asks an origin once, politely, and writes its answer as a fixture: lists cut to a few rows at any depth (JSON, GeoJSON,
 * XML, CSV), with credentials and e-mail addresses hidden. What it wrote is the origin's own data: look it over, and put
 * invented values in before it goes into a package.
 * @throws ArgusError as `ctx.http` does.
 */
export async function recordFixture(options: RecordOptions): Promise<Recording> {
  const { file, rows = DEFAULT_ROWS, request, secrets = [] } = options;
  // Before the origin is troubled.
  await mkdir(dirname(file instanceof URL ? fileURLToPath(file) : file), { recursive: true });
  const { body, contentType } = await ask(options);
  const { format, trimmed } = trimText(decodeText(body, contentType, request?.charset), rows);
  const written = redactText(trimmed, format, secrets);
  await writeFile(file, written);
  return {
    format,
    contentType: contentType ?? null,
    received: body.byteLength,
    written: Buffer.byteLength(written),
  };
}

async function ask(options: RecordOptions): Promise<{ body: Uint8Array; contentType: string | undefined }> {
  const { url, request, signal = new AbortController().signal, http } = options;
  const transport = createHttpTransport({
    hosts: [URL.parse(url)?.host ?? ""],
    userAgent: "argus-fixture-recorder",
    signal,
    ...http,
  });
  let contentType: string | undefined;
  const watched: HttpTransport = {
    fetch: async (asked) => {
      const answer = await transport.fetch(asked);
      contentType = answer.headers["content-type"];
      return answer;
    },
  };
  const body = await httpFrom(watched).bytes(url, request);
  return { body, contentType };
}
