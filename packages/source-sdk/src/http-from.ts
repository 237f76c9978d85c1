import { describeIssues, showValue } from "@argus/core/contract";
import type { z } from "zod";

import { decodeText } from "./charset.ts";
import { formatChanged } from "./errors.ts";
import type { HttpRequest, PoliteHttp } from "./http.ts";
import type { HttpTransport, TransportAnswer, TransportRequest } from "./http-transport.ts";
import { redactUrl } from "./redact.ts";
import { requestUrl } from "./request-url.ts";

const ACCEPT_JSON = "application/json, */*;q=0.5";
const ACCEPT_HTML = "text/html, application/xhtml+xml, */*;q=0.5";
const ACCEPT_XML = "application/xml, text/xml, */*;q=0.5";
const ACCEPT_CSV = "text/csv, text/plain;q=0.8, */*;q=0.5";
const ACCEPT_ANY = "*/*";

/**
 * The HTTP that a source is handed, on top of whatever does its requests: decoding and parsing happen here, on the
 * source's side. The parsers are loaded when they are first used.
 */
export function httpFrom(transport: HttpTransport): PoliteHttp {
  const ask = (url: string, accept: string, request: HttpRequest = {}, robots = false): Promise<TransportAnswer> =>
    transport.fetch(transportRequest(url, accept, request, robots));
  return Object.freeze({
    async json(url, schema, request) {
      const answer = await ask(url, ACCEPT_JSON, request);
      const what = nameOf(answer);
      return fit(parseJson(textOf(answer, request), what), schema, what);
    },
    async xml(url, schema, request) {
      const answer = await ask(url, ACCEPT_XML, request);
      const { parseXml } = await import("./xml.ts");
      const what = nameOf(answer);
      return fit(parseXml(textOf(answer, request), what, request?.arrays), schema, what);
    },
    async csv(url, request) {
      const answer = await ask(url, ACCEPT_CSV, request);
      const { parseCsv } = await import("./csv.ts");
      return parseCsv(textOf(answer, request), nameOf(answer), request);
    },
    async html(url, request) {
      const answer = await ask(url, ACCEPT_HTML, request, true);
      const { parse } = await import("node-html-parser");
      return parse(textOf(answer, request));
    },
    text: async (url, request) => textOf(await ask(url, ACCEPT_ANY, request), request),
    bytes: async (url, request) => (await ask(url, ACCEPT_ANY, request)).body,
  } satisfies PoliteHttp);
}

function transportRequest(address: string, accept: string, request: HttpRequest, robots: boolean): TransportRequest {
  const body = bodyOf(request.body);
  return {
    url: requestUrl(address, request.search).href,
    method: request.method ?? (body === null ? "GET" : "POST"),
    headers: { accept, ...(body === null ? {} : { "content-type": body.contentType }), ...lowerCased(request.headers) },
    body: body?.bytes ?? null,
    ...(request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    robots,
  };
}

function lowerCased(headers: HttpRequest["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyOf(body: HttpRequest["body"]): { bytes: Uint8Array; contentType: string } | null {
  if (body === undefined) return null;
  if (typeof body === "string") return { bytes: Buffer.from(body), contentType: "text/plain; charset=utf-8" };
  if ("json" in body) return { bytes: Buffer.from(JSON.stringify(body.json)), contentType: "application/json" };
  const form = new URLSearchParams(
    Object.entries(body.form).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return { bytes: Buffer.from(form.toString()), contentType: "application/x-www-form-urlencoded" };
}

function nameOf({ url }: TransportAnswer): string {
  return `the answer of ${redactUrl(url)}`;
}

function textOf({ body, headers }: TransportAnswer, request: HttpRequest = {}): string {
  return decodeText(body, headers["content-type"], request.charset);
}

function fit<Schema extends z.ZodType>(value: unknown, schema: Schema, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw formatChanged(what, describeIssues(parsed.error));
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw formatChanged(what, `no JSON, it begins with ${showValue(text)}`);
  }
}
