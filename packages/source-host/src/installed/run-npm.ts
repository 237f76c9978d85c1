import { once } from "node:events";
import type { Readable } from "node:stream";

import { cutText } from "../bounded-text.ts";
import { npmFailed, npmTooSlow, tooLarge } from "./errors.ts";
import { folderBytes } from "./folder-size.ts";
import { type Environment, findNpm, spawnNpm } from "./npm.ts";

const MAX_OUTPUT = 16 * 1024 * 1024;
const WATCH_MS = 250;
const MS_PER_S = 1000;
const MIB = 1024 * 1024;
// A line without its mark, its code or its address of a log that is gone.
const MARK = /^npm (?:error|ERR!) ?/u;
const NOISE = /^(?:code \S+|A complete log|.*in: .*\.log$|$)/u;

// Whatever the user's settings say: nothing of a package is run (scripts, or git, whose dependencies run some), the
// host's packages are never fetched, and all that npm writes is in the stage.
const FLAGS = [
  "--ignore-scripts",
  "--git=argus-runs-no-git",
  "--allow-git=none",
  "--legacy-peer-deps",
  "--install-strategy=hoisted",
  "--omit=dev",
  "--save-exact",
  "--package-lock",
  "--no-package-lock-only",
  "--no-dry-run",
  "--no-global",
  "--no-workspaces",
  "--no-bin-links",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--no-color",
  "--no-progress",
  "--loglevel=error",
] as const;

export type NpmRun = {
  /** npm works here, and this is what is watched. */
  folder: string;
  /** For npm's own files. */
  cache: string;
  env: Environment;
  /** The path of the running Node. */
  node: string;
  limits: { npmMs: number; folderBytes: number };
  signal: AbortSignal;
};

/**
 * Runs npm to its end with the user's settings, and gives what it printed.
 * @throws ArgusError ARGUS_NPM_MISSING, ARGUS_NPM_FAILED with what npm said, ARGUS_SOURCE_TOO_LARGE; the signal's reason.
 */
export async function runNpm(args: readonly string[], run: NpmRun): Promise<string> {
  const npm = await findNpm(run.env, run.node);
  run.signal.throwIfAborted();
  const all = [...args, ...FLAGS, `--prefix=${run.folder}`, `--cache=${run.cache}`];
  const child = spawnNpm(npm, all, { cwd: run.folder, env: run.env });
  const ending = new AbortController();
  ending.signal.addEventListener("abort", () => child.kill("SIGKILL"));
  const abort = (): void => ending.abort(run.signal.reason);
  run.signal.addEventListener("abort", abort, { once: true });
  const timer = setTimeout(() => ending.abort(npmTooSlow(run.limits.npmMs / MS_PER_S)), run.limits.npmMs);
  const watching = watchSize(run, ending);
  const [printed, complained] = [keep(child.stdout), keep(child.stderr)];
  try {
    const [code] = (await once(child, "close").catch(cannotStart)) as [number | null];
    ending.signal.throwIfAborted();
    if (code !== 0) throw npmFailed(cutText(readable(complained()) || `it ended with code ${code}`));
    return printed();
  } finally {
    clearTimeout(timer);
    watching();
    run.signal.removeEventListener("abort", abort);
  }
}

function cannotStart(error: unknown): never {
  throw npmFailed(`it cannot be started: ${error instanceof Error ? error.message : String(error)}`);
}

/** Ends npm when its folder grows beyond its bounds; what is returned stops the watching. */
function watchSize({ folder, limits }: NpmRun, ending: AbortController): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    const bytes = await folderBytes(folder, limits.folderBytes);
    if (bytes > limits.folderBytes)
      ending.abort(
        tooLarge(
          "it",
          `with all it depends on it takes more than the ${Math.round(limits.folderBytes / MIB)} MiB allowed`,
        ),
      );
    else if (!isOver) timer = setTimeout(() => void look(), WATCH_MS);
  };
  timer = setTimeout(() => void look(), WATCH_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

function keep(stream: Readable | null): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes <= MAX_OUTPUT) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

function readable(text: string): string {
  const lines = text.split(/\r?\n/u).map((line) => line.replace(MARK, "").trim());
  return [...new Set(lines.filter((line) => !NOISE.test(line)))].join("; ");
}
