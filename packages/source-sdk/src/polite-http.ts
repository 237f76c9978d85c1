import { parse as parseHtml } from "node-html-parser";
import type { z } from "zod";
import { describeIssues, showValue } from "@argus/core";

import { decodeText } from "./charset.ts";
import { formatChanged, invalidUrl, undeclaredHost } from "./errors.ts";
import { createFetchBody, type Body } from "./fetch-body.ts";
import { HostGate } from "./host-gate.ts";
import { isDeclared } from "./host-list.ts";
import type { HttpRequest, PoliteHttp, PoliteHttpOptions } from "./http.ts";
import { redactUrl } from "./redact.ts";

const DEFAULT_CONCURRENCY = 2;
const DEFAULT_PAGE_DELAY_MS = 250;
const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);
const ACCEPT_JSON = "application/json, */*;q=0.5";
const ACCEPT_HTML = "text/html, application/xhtml+xml, */*;q=0.5";
const ACCEPT_ANY = "*/*";

/** The HTTP a source is handed. One instance per scrape of one source: its limits hold for all requests made with it. */
export function createPoliteHttp(options: PoliteHttpOptions): PoliteHttp {
  const gate = new HostGate({
    concurrency: options.perHostConcurrency ?? DEFAULT_CONCURRENCY,
    delayMs: options.pageDelayMs ?? DEFAULT_PAGE_DELAY_MS,
  });
  const fetchBody = createFetchBody(options, gate);
  const get = async (address: string, accept: string, request: HttpRequest = {}): Promise<Body> => {
    const url = urlOf(address, request);
    if (!isDeclared(url, options.hosts)) throw undeclaredHost(url);
    using _slot = await gate.enter(url.host, options.signal);
    return await fetchBody(url, accept, request);
  };
  return {
    json: async (url, schema, request) => readJson(await get(url, ACCEPT_JSON, request), schema),
    text: async (url, request) => textOf(await get(url, ACCEPT_ANY, request)),
    html: async (url, request) => parseHtml(textOf(await get(url, ACCEPT_HTML, request))),
  };
}

function urlOf(address: string, request: HttpRequest): URL {
  const url = URL.parse(address);
  if (url === null) throw invalidUrl(address, `${showValue(address)} is not an absolute URL`);
  if (!WEB_PROTOCOLS.has(url.protocol)) throw invalidUrl(address, "only http and https are spoken");
  if (url.username !== "" || url.password !== "") throw invalidUrl(address, "it carries a user name or password");
  for (const [name, value] of Object.entries(request.search ?? {})) url.searchParams.append(name, String(value));
  return url;
}

function textOf({ bytes, contentType }: Body): string {
  return decodeText(bytes, contentType);
}

function readJson<Schema extends z.ZodType>(body: Body, schema: Schema): z.output<Schema> {
  const what = `the answer of ${redactUrl(body.url)}`;
  const parsed = schema.safeParse(parseJson(textOf(body), what));
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
