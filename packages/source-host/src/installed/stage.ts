import { constants, existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Sources as they will be: a folder beside the one that is in use, which takes its place all at once. */
export type Stage = AsyncDisposable & {
  folder: string;
  /** For what is needed meanwhile; goes before the stage takes its place. */
  scratch: string;
  /** Puts it in the place of what is in use. */
  commit(): Promise<void>;
};

const SCRATCH = ".scratch";
const OWNER_ONLY = 0o700;

/**
 * Makes one, with a copy of what is installed. Only while the folder is locked. `isCopied` says of a path below it
 * whether it comes along.
 */
export async function openStage(folder: string, isCopied: (path: string) => boolean): Promise<Stage> {
  const stage = await mkdtemp(newName(folder));
  const scratch = join(stage, SCRATCH);
  if (existsSync(folder))
    await cp(folder, stage, {
      recursive: true,
      verbatimSymlinks: true,
      // So that nothing looks as if it had changed.
      preserveTimestamps: true,
      mode: constants.COPYFILE_FICLONE,
      filter: isCopied,
    });
  await mkdir(scratch, { mode: OWNER_ONLY });
  return {
    folder: stage,
    scratch,
    async commit() {
      await rm(scratch, { recursive: true, force: true });
      await swap(folder, stage);
    },
    [Symbol.asyncDispose]: () => rm(stage, { recursive: true, force: true }),
  };
}

async function swap(folder: string, stage: string): Promise<void> {
  const old = oldName(folder);
  const isFirst = !existsSync(folder);
  if (!isFirst) await rename(folder, old);
  try {
    await rename(stage, folder);
  } catch (error) {
    if (!isFirst) await rename(old, folder);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Whether anything was ever installed there. */
export function hasInstalled(folder: string): boolean {
  return existsSync(folder) || isHalfSwapped(folder);
}

/** Whether a command was killed between the two steps of its end, and what was in use has to be put back. */
export function isHalfSwapped(folder: string): boolean {
  return !existsSync(folder) && existsSync(oldName(folder));
}

/** Puts things as they were before a command that was killed, and clears away what it left. Only while locked. */
export async function cleanUp(folder: string): Promise<void> {
  if (isHalfSwapped(folder)) await rename(oldName(folder), folder);
  const left = await readdir(dirname(folder)).catch(() => []);
  const stages = left.filter((name) => name.startsWith(basename(newName(folder))));
  for (const name of [basename(oldName(folder)), ...stages])
    await rm(join(dirname(folder), name), { recursive: true, force: true });
}

function newName(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}-new-`);
}

function oldName(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}-old`);
}
