/**
 * One request as a source's process hands it to the host: plain data, which structured clone and JSON (the body apart)
 * carry. The host checks all of it, for what comes from a source is not trusted.
 */
export type TransportRequest = {
  /** With the query that `search` added. */
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body: Uint8Array | null;
  maxBytes?: number;
  timeoutMs?: number;
  /** Whether the host must ask robots.txt first. */
  robots: boolean;
};

/** A whole answer. Its status is a success, also where the host answers from what it kept. */
export type TransportAnswer = {
  /** Where it came from in the end, redirects followed. */
  url: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
};

/**
 * What does a source's HTTP. Rejects with the signal's reason when cancelled, else with an ArgusError whose code,
 * message, retryable and details must come across as they are.
 */
export type HttpTransport = { fetch(request: TransportRequest): Promise<TransportAnswer> };
