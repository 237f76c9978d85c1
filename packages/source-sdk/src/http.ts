import type { HTMLElement } from "node-html-parser";
import type { z } from "zod";

/** What a POST carries: text as it is, a value as JSON, or the fields of a form. */
export type RequestBody =
  | string
  | { readonly json: unknown }
  | { readonly form: Readonly<Record<string, string | number | boolean>> };

/** Particulars of one request. */
export type HttpRequest = {
  /** Default: POST with a body, else GET. A POST must be a query: it is asked again when it fails. */
  method?: "GET" | "POST";
  body?: RequestBody;
  /** Sent along; the user agent is the host's and cannot be replaced. */
  headers?: Readonly<Record<string, string>>;
  /** Added to the URL's query. */
  search?: Readonly<Record<string, string | number | boolean>>;
  /** The most bytes of body, counted after decompression. */
  maxBytes?: number;
  /** Milliseconds for one try, from connecting to the last byte. */
  timeoutMs?: number;
  /** Instead of the charset that the answer names; a byte order mark wins over both. */
  charset?: string;
};

export type XmlRequest = HttpRequest & {
  /** Elements that are lists even when there is one or none of a kind: names, or paths like `response.camera`. */
  arrays?: readonly string[];
};

export type CsvRequest = HttpRequest & {
  /** Default: of comma, semicolon, tab and bar, the one that the first line has most of. */
  delimiter?: string;
  /** The columns' names, where the first line does not hold them. */
  columns?: readonly string[];
};

/** A row of a CSV file: what stands under each of the header's names. A short row lacks the last ones. */
export type CsvRow = Record<string, string>;

/**
 * Reads a source's declared hosts: retried, slowed down, bounded in size and time, and cancelled with the scrape.
 * All throw the signal's reason when cancelled, and else an ArgusError that names URL, status and mend:
 * ARGUS_SOURCE_URL_INVALID, _HOST_UNDECLARED, _HTTP_STATUS, _UNREACHABLE, _TIMEOUT, _TOO_LARGE, _REDIRECTS, and
 * _FORMAT_CHANGED when the answer is not what was asked for.
 */
export type PoliteHttp = {
  /** Reads JSON that fits the schema. */
  json<Schema extends z.ZodType>(url: string, schema: Schema, request?: HttpRequest): Promise<z.output<Schema>>;
  /** Reads XML that fits the schema; `parseXml` says what becomes of elements and attributes. */
  xml<Schema extends z.ZodType>(url: string, schema: Schema, request?: XmlRequest): Promise<z.output<Schema>>;
  /** Reads CSV; names and values come trimmed. */
  csv(url: string, request?: CsvRequest): Promise<CsvRow[]>;
  /** Reads and parses HTML. Keeps to the origin's robots.txt: ARGUS_SOURCE_ROBOTS when that forbids it. */
  html(url: string, request?: HttpRequest): Promise<HTMLElement>;
  text(url: string, request?: HttpRequest): Promise<string>;
  bytes(url: string, request?: HttpRequest): Promise<Uint8Array>;
};
