/** What was copied, and from or to which database. */
export type Copied = { database: string; cameras: number };

export type MaintenanceOptions = {
  signal?: AbortSignal;
  /** Told now and then, in any unit. */
  onProgress?: (progress: { done: number; total: number }) => void;
};

/** The same as what copies takes it. */
export function copyOptions({ signal, onProgress }: MaintenanceOptions): {
  signal?: AbortSignal;
  progress?: (progress: { done: number; total: number }) => void;
} {
  return { ...(signal !== undefined && { signal }), ...(onProgress !== undefined && { progress: onProgress }) };
}
