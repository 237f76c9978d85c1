import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join, resolve } from "node:path";

import { describeIssues } from "@argus/core";
import { parse as parseToml } from "smol-toml";

import { configInvalid } from "./errors.ts";
import { configFolder, dataFolder, type Environment } from "./folders.ts";
import { Settings } from "./settings.ts";

/** What the command line says; it wins over the environment, which wins over the file. */
export type ConfigFlags = {
  config?: string;
  host?: string;
  port?: string;
  whenEmpty?: readonly string[];
};

/** The settings in force, with the paths they lead to. */
export type Config = {
  /** The file that was read, or null when there is none. */
  file: string | null;
  settings: Settings;
  dataDir: string;
  /** May hold a password. */
  databaseUrl: string;
};

type Raw = Record<string, unknown>;

/**
 * Reads `argus.toml`, lays environment and flags over it, and checks every key.
 * @throws ArgusError ARGUS_CONFIG_INVALID naming the file or variable, the key and what it should be.
 */
export async function loadConfig(flags: ConfigFlags, env: Environment): Promise<Config> {
  const file = await readConfigFile(flags.config ?? (env["ARGUS_CONFIG"] || undefined), env);
  const raw: Raw = structuredClone(file.content);
  for (const { section, key, value } of overrides(flags, env)) {
    const stated = raw[section] ?? {};
    // What is no section is left to be refused.
    if (isSection(stated)) raw[section] = { ...stated, [key]: value };
  }
  const parsed = Settings.safeParse(raw);
  if (!parsed.success) {
    throw configInvalid(`${file.path ?? "the settings"}: ${describeIssues(parsed.error)}`);
  }
  const settings = parsed.data;
  checkHost(settings.server.host);
  const dataDir = resolve(settings.data.dir ?? dataFolder(env));
  const databaseUrl = settings.store.database_url ?? `sqlite:${join(dataDir, "argus.db")}`;
  return { file: file.path, settings, dataDir, databaseUrl };
}

function isSection(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function readConfigFile(
  named: string | undefined,
  env: Environment,
): Promise<{ path: string | null; content: Raw }> {
  const path = resolve(named ?? join(configFolder(env), "argus.toml"));
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (absent && named === undefined) return { path: null, content: {} };
    throw configInvalid(`cannot read the config file ${path}`, error);
  }
  try {
    return { path, content: parseToml(text) };
  } catch (error) {
    throw configInvalid(`${path} is not valid TOML`, error);
  }
}

function overrides(flags: ConfigFlags, env: Environment): { section: string; key: string; value: unknown }[] {
  const all = [
    { section: "server", key: "host", value: flags.host ?? env["ARGUS_HOST"] },
    {
      section: "server",
      key: "port",
      value: readPort(flags.port, "--port") ?? readPort(env["ARGUS_PORT"], "ARGUS_PORT"),
    },
    { section: "store", key: "database_url", value: env["DATABASE_URL"] },
    { section: "data", key: "dir", value: env["ARGUS_DATA_DIR"] },
    { section: "scrape", key: "when_empty", value: flags.whenEmpty?.length ? [...flags.whenEmpty] : undefined },
  ];
  return all.filter(({ value }) => value !== undefined && value !== "");
}

function readPort(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,5}$/u.test(text)) throw configInvalid(`${name} must be a port number, not "${text}"`);
  return Number(text);
}

function checkHost(host: string): void {
  if (host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."))) return;
  throw configInvalid(
    `server.host is "${host}", but this version has no access keys yet and so listens on loopback only: ` +
      `use 127.0.0.1, and reach it from elsewhere through an SSH tunnel (ssh -L 8765:127.0.0.1:8765 …) ` +
      `or a reverse proxy that authenticates (its name goes into server.allowed_hosts)`,
  );
}
