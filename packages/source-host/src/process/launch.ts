import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

import type { ProcessBounds } from "./bounds.ts";
import { childConditions, childProgram } from "./child-program.ts";
import { node } from "./this-process.ts";

/** Where a source's code is and what it may read. */
export type Launch = {
  /** The package's own folder; the process works there. */
  folder: string;
  /** File URL of the module whose default export is the source. */
  entry: string;
  /** Folders, by their real paths. */
  readable: readonly string[];
};

const SHELL = "/bin/sh";
const KIB_PER_MIB = 1024;
// Node itself asks for about 600 MiB of address space that counts, most of which it never touches.
const BASE_DATA_MIB = 1280;
const CPU_GRACE_S = 5;
const CONDITION = "--conditions=";
// No core dump of an aborted process, no endless loop that outlives the host, and a bound for memory outside of V8's
// heap. What a system does not know is passed over: the host's own bounds hold everywhere.
const LIMITED = [
  "exec 9>&2 2>/dev/null",
  'ulimit -c 0; ulimit -S -t "$1"; ulimit -H -t "$2"; ulimit -d "$3"; shift 3',
  "unset PWD OLDPWD SHLVL _",
  'exec "$@" 2>&9 9>&-',
].join("\n");

// node:sqlite does not ask the permission model and would open any file (seen with Node 24.21). A WebSocket nobody may
// use takes 12 MB when the fence closes it.
const SHUT = ["--no-experimental-sqlite", "--no-experimental-websocket", "--disable-sigusr1"];

/** Starts the process of a source. Its environment is empty, and its standard streams and pipe 3 are the host's. */
export function spawnSource(launch: Launch, bounds: ProcessBounds): ChildProcess {
  const command = [node.path, ...nodeOptions(launch, bounds), childProgram];
  const [file = "", ...args] = existsSync(SHELL) ? limited(command, bounds) : command;
  return spawn(file, args, {
    cwd: launch.folder,
    env: {},
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
}

function limited(command: readonly string[], { cpuSeconds, memoryMb }: ProcessBounds): string[] {
  const limits = [cpuSeconds, cpuSeconds + CPU_GRACE_S, (BASE_DATA_MIB + memoryMb) * KIB_PER_MIB];
  return [SHELL, "-c", LIMITED, "argus-source", ...limits.map(String), ...command];
}

function nodeOptions({ readable }: Launch, { memoryMb }: ProcessBounds): string[] {
  return [
    "--permission",
    ...readable.map((folder) => `--allow-fs-read=${folder}`),
    `--max-old-space-size=${memoryMb}`,
    // Little is kept for long: a small nursery keeps the process small.
    "--max-semi-space-size=1",
    // One thread beside the main one is enough to compile and to clear up.
    "--v8-pool-size=1",
    ...SHUT.filter((flag) => node.knows(flag)),
    "--no-warnings",
    ...conditions(),
  ];
}

/** A source's imports must find the same files as the host's. */
function conditions(): string[] {
  const own = node.arguments.filter((argument) => argument.startsWith(CONDITION));
  return [...new Set([...own, ...childConditions.map((name) => CONDITION + name)])];
}
