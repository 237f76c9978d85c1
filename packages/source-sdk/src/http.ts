import type { HTMLElement } from "node-html-parser";
import type { z } from "zod";

/** Particulars of one request. */
export type HttpRequest = {
  headers?: Readonly<Record<string, string>>;
  /** Added to the URL's query; a value never replaces one that is there. */
  search?: Readonly<Record<string, string | number | boolean>>;
  /** The most bytes of body, counted after decompression. */
  maxBytes?: number;
  /** Milliseconds for one try, from connecting to the last byte. */
  timeoutMs?: number;
};

/** Reads a source's declared hosts: retried, slowed down, bounded in size and time, and cancelled with the scrape. */
export type PoliteHttp = {
  /** @throws ArgusError ARGUS_SOURCE_HTTP_… for the request; ARGUS_SOURCE_FORMAT_CHANGED when the body does not fit the schema. */
  json<Schema extends z.ZodType>(url: string, schema: Schema, request?: HttpRequest): Promise<z.output<Schema>>;
  text(url: string, request?: HttpRequest): Promise<string>;
  html(url: string, request?: HttpRequest): Promise<HTMLElement>;
};
