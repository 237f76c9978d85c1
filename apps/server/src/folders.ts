import { homedir } from "node:os";
import { join } from "node:path";

/** Environment variables, as an app hands them on. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where settings live: the XDG config folder, or the platform's own on Windows. */
export function configFolder(env: Environment): string {
  return join(baseFolder(env, "XDG_CONFIG_HOME", "APPDATA", ".config"), "argus");
}

/** Where data lives: the XDG data folder, or the platform's own on Windows. */
export function dataFolder(env: Environment): string {
  return join(baseFolder(env, "XDG_DATA_HOME", "LOCALAPPDATA", join(".local", "share")), "argus");
}

function baseFolder(env: Environment, xdg: string, windows: string, fallback: string): string {
  const named = env[xdg] || (process.platform === "win32" ? env[windows] : undefined);
  return named || join(env["HOME"] || homedir(), fallback);
}
