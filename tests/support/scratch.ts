import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Inside the workspace, so that source packages written here resolve the SDK as an installed one would.
const folder = fileURLToPath(new URL("../.scratch", import.meta.url));

/** An empty folder of one's own that goes when disposed. */
export type Scratch = AsyncDisposable & { path: string };

export async function makeScratch(name: string): Promise<Scratch> {
  await mkdir(folder, { recursive: true });
  const path = await mkdtemp(join(folder, `${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
