import { setTimeout } from "node:timers/promises";

import { describeError, type Log } from "@argus/core";
import pg from "pg";

import { isConnectionLost } from "./postgres-errors.ts";
import type { ServerAddress } from "./server-address.ts";

/** Connections that read, besides the one that writes and the one that listens. */
const MAX_READERS = 7;
const CONNECT_TIMEOUT_MS = 5000;
/** The longest a single statement may take; migrations and checks lift it for themselves. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** The server ends a transaction that waits this long for its program, so that nobody holds the writer's place forever. */
const IDLE_IN_TRANSACTION_MS = 60_000;
const IDLE_TIMEOUT_MS = 30_000;
/** A server that does not even end a connection is not waited for. */
const GOODBYE_MS = 2000;
const KEEPALIVE_AFTER_MS = 10_000;
const INT8_OID = 20;

export type ConnectionOptions = { log: Log; busyTimeoutMs: number };

// Argus's whole numbers have 52 bits at most, which a double holds exactly; `pg` would hand them over as text.
const types = new pg.TypeOverrides();
types.setTypeParser(INT8_OID, Number);

/** The connections to one server: bounded, and one of them for writing alone. A broken one is replaced when next wanted. */
export class Connections {
  readonly #address: ServerAddress;
  readonly #options: ConnectionOptions;
  readonly #readers: pg.Pool;
  readonly #writer: pg.Pool;
  readonly #open = new Set<Promise<void>>();
  readonly #pids = new WeakMap<pg.ClientBase, number>();

  constructor(address: ServerAddress, options: ConnectionOptions) {
    this.#address = address;
    this.#options = options;
    this.#readers = this.#pool(MAX_READERS);
    this.#writer = this.#pool(1);
  }

  /**
   * Runs a task on a connection that is its own for the time; a broken one is thrown away afterwards. When the signal
   * aborts, the server stops the statement, and the signal's reason is thrown.
   */
  async use<Result>(
    kind: "read" | "write",
    task: (client: pg.ClientBase) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    signal?.throwIfAborted();
    const client = await (kind === "read" ? this.#readers : this.#writer).connect();
    const stop = (): void => void this.#stop(client);
    signal?.addEventListener("abort", stop, { once: true });
    let isBroken = false;
    try {
      return await task(client);
    } catch (error) {
      isBroken = isConnectionLost(error);
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
      // The stop may come late, and would hit what runs on the connection next.
      client.release(isBroken || signal?.aborted === true);
    }
  }

  /** A connection outside the pools, its session set up; whoever asks for it ends it. */
  async connectAlone(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#clientConfig(), connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    // Without a listener the end of the connection would end the program.
    client.on("error", () => {});
    try {
      await client.connect();
      await this.#prepare(client);
      return client;
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  async #stop(client: pg.ClientBase): Promise<void> {
    try {
      // Not one of the pool's: they may all be waiting.
      const other = await this.connectAlone();
      try {
        await other.query("select pg_cancel_backend($1)", [this.#pids.get(client)]);
      } finally {
        await other.end();
      }
    } catch (error) {
      this.#options.log.debug("a statement could not be stopped", { error: describeError(error) });
    }
  }

  /** Waits for the tasks that run; leaves no socket and no timer. */
  async close(): Promise<void> {
    await Promise.all([this.#readers.end(), this.#writer.end()]);
    // The pools say goodbye and do not wait for the sockets to close.
    const timeout = new AbortController();
    const waited = setTimeout(GOODBYE_MS, undefined, { signal: timeout.signal }).catch(() => {});
    await Promise.race([Promise.all(this.#open), waited]);
    timeout.abort();
  }

  #pool(max: number): pg.Pool {
    const pool = new pg.Pool({
      ...this.#clientConfig(),
      max,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      verify: (client, done) => void this.#verify(client, done),
    });
    // Without listeners a connection that breaks would end the program; whoever uses it hears of it by its query.
    pool.on("connect", (client) => {
      client.on("error", () => {});
      this.#follow(client);
    });
    pool.on("error", (error) => this.#options.log.debug("an idle connection ended", { error: error.message }));
    return pool;
  }

  #follow(client: pg.ClientBase): void {
    const ended = new Promise<void>((resolve) => client.once("end", resolve));
    this.#open.add(ended);
    void ended.then(() => this.#open.delete(ended));
  }

  #clientConfig(): pg.ClientConfig {
    return {
      connectionString: this.#address.connectionString,
      application_name: "argus",
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE_AFTER_MS,
      types,
    };
  }

  async #verify(client: pg.ClientBase, done: (error?: Error) => void): Promise<void> {
    try {
      await this.#prepare(client);
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
    done();
  }

  async #prepare(client: pg.ClientBase): Promise<void> {
    const settings: Readonly<Record<string, string | number>> = {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      // 0 would mean to wait forever.
      lock_timeout: Math.max(1, Math.trunc(this.#options.busyTimeoutMs)),
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      default_transaction_isolation: "'read committed'",
      client_min_messages: "warning",
      bytea_output: "hex",
      extra_float_digits: 1,
      // Compiling a statement takes longer than any of ours runs.
      jit: "off",
    };
    await client.query(
      Object.entries(settings)
        .map(([name, value]) => `set ${name} = ${value}`)
        .join("; "),
    );
    // A commit is a promise: it is on disk. A server that waits for more (remote_apply) keeps its ways.
    const { rows } = await client.query<{ pid: number }>(
      `select pg_backend_pid() as pid,
        case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end`,
    );
    if (rows[0] !== undefined) this.#pids.set(client, rows[0].pid);
  }
}
