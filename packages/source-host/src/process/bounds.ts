/** What bounds one source's process. */
export type ProcessBounds = {
  /** Milliseconds its package is given to load. */
  loadMs: number;
  /** Milliseconds without a sign of life after which it is ended: its event loop is stuck. */
  heartbeatMs: number;
  /** MiB of its heap; what is outside of the heap (buffers, code) may take half a gigabyte more. */
  memoryMb: number;
  /** Seconds of processor time, all its threads together. Enforced by the system, so it holds when the host is gone. */
  cpuSeconds: number;
};

export const DEFAULT_BOUNDS: ProcessBounds = { loadMs: 15_000, heartbeatMs: 30_000, memoryMb: 384, cpuSeconds: 300 };
