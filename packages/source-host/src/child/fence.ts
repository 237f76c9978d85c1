import { registerHooks, syncBuiltinESMExports } from "node:module";
import { Writable } from "node:stream";

/** Node's own modules that compute, and those whose reach the permission model bounds. All others stay closed. */
const OPEN: ReadonlySet<string> = new Set([
  "assert",
  "assert/strict",
  "async_hooks",
  "buffer",
  "console",
  "constants",
  "crypto",
  "diagnostics_channel",
  "events",
  "fs",
  "fs/promises",
  "module",
  "os",
  "path",
  "path/posix",
  "path/win32",
  "perf_hooks",
  "process",
  "punycode",
  "querystring",
  "stream",
  "stream/consumers",
  "stream/promises",
  "stream/web",
  "string_decoder",
  "sys",
  "timers",
  "timers/promises",
  "tty",
  "url",
  "util",
  "util/types",
  "zlib",
]);
const NODE = "node:";
// They act on other processes, load foreign code, or hand out the sockets that are open here.
const CLOSED_CALLS = [
  "kill",
  "_kill",
  "_debugProcess",
  "_debugEnd",
  "_startProfilerIdleNotifier",
  "_getActiveHandles",
  "_getActiveRequests",
  "_linkedBinding",
  "binding",
  "dlopen",
  "execve",
  "initgroups",
  "setegid",
  "seteuid",
  "setgid",
  "setgroups",
  "setuid",
] as const;
const CLOSED_HOOKS = ["register", "registerHooks"] as const;
const CLOSED_GLOBALS = ["fetch", "WebSocket", "EventSource"] as const;

/**
 * Closes what Node's permission model leaves open and a source has no use for: the network, signals to other processes,
 * databases. A fence and not a wall: it keeps honest code on `ctx.http` and makes an attack harder, and no more is
 * promised.
 */
export function raiseFence(): void {
  const builtin = process.getBuiltinModule.bind(process);
  const isBuiltin = (name: string): boolean => builtin("module").isBuiltin(name);
  for (const name of CLOSED_CALLS) close(process, name, `process.${name}`);
  for (const name of CLOSED_GLOBALS) close(globalThis, name, name);
  close(builtin("os"), "setPriority", "os.setPriority");
  for (const name of CLOSED_HOOKS) close(builtin("module"), name, `module.${name}`);
  process.getBuiltinModule = (name: string) => {
    if (isClosed(name, isBuiltin)) throw closed(name);
    return builtin(name);
  };
  hidePipes((fd, chunk) => void builtin("fs").writeSync(fd, chunk));
  registerOnce((name) => {
    if (isClosed(name, isBuiltin)) throw closed(name);
  });
  syncBuiltinESMExports();
}

const hooks = { registerHooks };

function registerOnce(check: (name: string) => void): void {
  hooks.registerHooks({
    resolve(specifier, context, next) {
      check(specifier);
      const resolved = next(specifier, context);
      check(resolved.url);
      return resolved;
    },
  });
}

function isClosed(name: string, isBuiltin: (name: string) => boolean): boolean {
  const bare = name.startsWith(NODE) ? name.slice(NODE.length) : name;
  return !OPEN.has(bare) && (name.startsWith(NODE) || isBuiltin(name));
}

function close(owner: object, name: string, shown: string): void {
  Object.defineProperty(owner, name, {
    value: () => {
      throw closed(shown);
    },
    configurable: false,
    writable: false,
  });
}

/** Its own streams would be sockets, and a socket's class can open others. */
function hidePipes(writeTo: (fd: number, chunk: Buffer) => void): void {
  for (const [name, fd] of [
    ["stdout", 1],
    ["stderr", 2],
  ] as const) {
    const stream = new Writable({
      decodeStrings: true,
      write(chunk: Buffer, _encoding, done) {
        try {
          writeTo(fd, chunk);
        } catch {
          // Nobody listens, or not fast enough: what a source prints is not worth failing for.
        }
        done();
      },
    });
    Object.defineProperty(process, name, { value: stream, configurable: false });
  }
}

function closed(name: string): Error {
  return Object.assign(
    new Error(`${name} is closed to sources: ask the origin over ctx.http, and declare its hosts in the manifest`),
    { code: "ARGUS_SOURCE_CLOSED" },
  );
}
