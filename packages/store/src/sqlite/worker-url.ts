/** The program of a database thread: its source while this is source, its built file beside this when built. */
export const WORKER_URL: URL = import.meta.url.endsWith(".ts")
  ? new URL("../sqlite-worker.ts", import.meta.url)
  : new URL("./sqlite-worker.js", import.meta.url);
