/** One hop's answer: headers now, body when it is read. */
export type Answer = {
  readonly url: URL;
  readonly status: number;
  /** A header's first value, or null. */
  header(name: string): string | null;
  /** Read it once at most. Its errors are Argus errors. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the exchange, whatever of it is still to come; may be called at any time and more than once. */
  close(): void;
};

export type HopRequest = { headers: Readonly<Record<string, string>>; signal: AbortSignal };
