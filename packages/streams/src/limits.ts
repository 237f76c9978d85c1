const MIB = 1024 * 1024;

/** Every bound the package keeps. Times in milliseconds, sizes in bytes. */
export type StreamLimits = {
  /** The largest picture. */
  frameBytes: number;
  /** Resolving a name, connecting, and the TLS handshake: each. */
  connectMs: number;
  /** The longest that a source may take to say where a camera's pictures are. */
  resolveMs: number;
  /** From asking to the answer's headers, per hop. */
  answerMs: number;
  /** The longest silence within a body. */
  idleMs: number;
  /** The longest wait for a whole picture, however steadily its bytes trickle. */
  frameMs: number;
  /** The fastest that one body is read, decompressed; what comes faster waits at the camera. */
  bytesPerSecond: number;
  /** Stills kept in memory. */
  snapshots: number;
  snapshotBytes: number;
  /** Stills being fetched at once. */
  snapshotFetches: number;
  /** Cameras streamed at once. */
  upstreams: number;
  viewersPerCamera: number;
  /** How long a camera's stream stays open after its last viewer has left. */
  lingerMs: number;
  /** Attempts in a row to get back a stream that was lost. */
  reconnects: number;
};

export const defaultLimits: Readonly<StreamLimits> = {
  frameBytes: 8 * MIB,
  connectMs: 10_000,
  resolveMs: 30_000,
  answerMs: 15_000,
  idleMs: 20_000,
  frameMs: 30_000,
  bytesPerSecond: 16 * MIB,
  snapshots: 500,
  snapshotBytes: 64 * MIB,
  snapshotFetches: 64,
  upstreams: 64,
  viewersPerCamera: 32,
  lingerMs: 2000,
  reconnects: 5,
};
