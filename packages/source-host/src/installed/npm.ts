import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { platform } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { npmMissing } from "./errors.ts";

/** Environment variables, as the app hands them on: npm's settings and the user's proxy are among them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How npm is started. */
export type Npm = { command: string; args: readonly string[] };

const CLI = join("node_modules", "npm", "bin", "npm-cli.js");

/**
 * The npm that belongs to the running Node (`node`, the path of its program), else the one that started this program, else the one on the PATH.
 * @throws ArgusError ARGUS_NPM_MISSING.
 */
export async function findNpm(env: Environment, node: string): Promise<Npm> {
  const beside = dirname(await realpath(node));
  const started = env["npm_execpath"] ?? "";
  const scripts = [
    join(beside, "..", "lib", CLI),
    join(beside, CLI),
    ...(started.endsWith("npm-cli.js") ? [started] : []),
  ];
  const script = scripts.find((file) => existsSync(file));
  if (script !== undefined) return { command: node, args: [script] };
  for (const folder of (env["PATH"] ?? env["Path"] ?? "").split(delimiter)) {
    const found = folder === "" ? null : await npmIn(folder, node);
    if (found !== null) return found;
  }
  throw npmMissing();
}

async function npmIn(folder: string, node: string): Promise<Npm | null> {
  // On Windows `npm` is a shell script, and its program is beside it.
  const beside = join(folder, CLI);
  if (existsSync(beside)) return { command: node, args: [beside] };
  const link = join(folder, "npm");
  if (platform() === "win32" || !existsSync(link)) return null;
  const file = await realpath(link);
  return file.endsWith(".js") ? { command: node, args: [file] } : { command: file, args: [] };
}

/** Starts it. It starts nothing itself: there are no scripts and there is no git. */
export function spawnNpm(npm: Npm, args: readonly string[], options: { cwd: string; env: Environment }): ChildProcess {
  return spawn(npm.command, [...npm.args, ...args], {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
}
