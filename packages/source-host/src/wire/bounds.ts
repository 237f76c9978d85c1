const KIB = 1024;
const MIB = 1024 * KIB;

/** What may pass between a source's process and the host, whichever end speaks. */
export const WIRE = {
  /** Bytes of one message of a source. */
  maxText: MIB,
  /** Bytes of the body of one request that a source makes. */
  maxRequestBody: MIB,
  /** Bytes of one answer's body, and so the most a source may ask for. */
  maxAnswerBody: 256 * MIB,
  /** Cameras and rejected rows in one message. */
  rowsPerMessage: 250,
  /** Characters of rows after which a message is sent even if it could hold more; three bytes each fit `maxText`. */
  rowCharactersPerMessage: 256 * KIB,
  /** Characters of one camera; the longest valid one is far below. */
  maxRow: 64 * KIB,
  /** Messages with rows that the host has not taken yet. */
  rowMessagesAhead: 4,
  /** Cameras that may wait in a source that does not await `emit`. */
  maxWaiting: 50_000,
  /** Requests that wait for their answers. */
  requestsAtOnce: 32,
  /** Messages that may come at once, and then a second. */
  messageBurst: 5000,
  messagesPerSecond: 1000,
  /** Milliseconds between two signs of life. */
  pingMs: 1000,
  /** Milliseconds between two messages about progress. */
  progressMs: 100,
  /** Log lines of one run. */
  logLines: 1000,
  /** Wrong options that are told of. */
  maxIssues: 20,
  /** Characters of a source's manifest and options schema. */
  maxDescription: 256 * KIB,
} as const;
