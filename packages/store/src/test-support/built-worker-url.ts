// In worker-url.ts's place while the tests run what is built (.config/vitest.config.ts).
export const WORKER_URL: URL = new URL("../../dist/sqlite-worker.js", import.meta.url);
