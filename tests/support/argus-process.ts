import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { type ArgusClient, createArgusClient } from "@argus/client";

const argusCommand = fileURLToPath(new URL("../../apps/server/dist/main.js", import.meta.url));
const STOP_TIMEOUT_MS = 15_000;
/** Where Node keeps what it compiled (.ci/test.ts): the tests start the same program a hundred times. */
const { NODE_COMPILE_CACHE } = process.env;
const COMPILED = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };

/** A real `argus serve` in a process of its own. */
export type ArgusProcess = AsyncDisposable & {
  url: string;
  client: ArgusClient;
  /** What it has written so far, both streams. */
  output(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
};

export type ServeOptions = {
  /** Its HOME, with the settings and the data folder. */
  home: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The script to run instead of the built `argus` command. */
  script?: string;
};

/** Starts it and waits for its address; throws with its output when it exits before. */
export async function serve({ home, args = [], env = {}, script = argusCommand }: ServeOptions): Promise<ArgusProcess> {
  const child = spawnNode(script, ["serve", "--port", "0", ...args], home, env);
  const lines: string[] = [];
  const url = await addressOf(child, lines);
  const exit = once(child, "exit") as Promise<[number | null]>;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    const [code] = await exit.finally(() => clearTimeout(timer));
    return code;
  };
  return {
    url,
    client: createArgusClient({ baseUrl: url }),
    output: () => lines.join("\n"),
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
    [Symbol.asyncDispose]: async () => void (await end("SIGTERM")),
  };
}

/** Runs `argus` to its end; one that does not end by itself is killed, and its code is null. */
export async function runArgus(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  return await startArgus(home, args, env).ended;
}

/** Starts `argus`; what `ended` resolves with is as `runArgus` has it. */
export function startArgus(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; ended: Promise<{ code: number | null; output: string }> } {
  const child = spawnNode(argusCommand, args, home, env);
  const lines = readLines(child);
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  const end = async (): Promise<{ code: number | null; output: string }> => {
    const [code] = (await once(child, "close").finally(() => clearTimeout(timer))) as [number | null];
    return { code, output: lines.join("\n") };
  };
  return { child, ended: end() };
}

function spawnNode(
  script: string,
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
      ...COMPILED,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function readLines(child: ChildProcess, onLine: (line: string) => void = () => undefined): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  return lines;
}

function addressOf(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const heard = readLines(child, (line) => {
      lines.push(line);
      const address = /is ready: (http:\S+)/u.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("exit", (code) =>
      reject(new Error(`argus exited with ${code} before it was ready:\n${heard.join("\n")}`)),
    );
  });
}
