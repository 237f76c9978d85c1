import { describeError, type Log } from "@argus/core";
import type pg from "pg";

import type { Connections } from "./connections.ts";

const CHANNEL = "argus_changes";
/** While nobody tells it of changes, a registry is looked at this often, so that answers are no older. */
const LONGEST_PAUSE_MS = 1000;
const FIRST_PAUSE_MS = 50;
/** A connection that died without saying so is found out after this. */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT_TIMEOUT_MS = 5000;

/**
 * Hears of what other programs commit, by LISTEN and NOTIFY. When its connection is lost it makes a new one, however
 * long that takes, and says once that there may be news; while that fails it says so each second that the database
 * answers at all.
 */
export class ChangeListener {
  readonly #connections: Connections;
  readonly #log: Log;
  readonly #schema: string;
  /** Tells this program's own commits from those of others. */
  readonly #self = crypto.randomUUID();
  readonly #listeners = new Set<() => void>();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #pause = FIRST_PAUSE_MS;
  #isClosed = false;
  #hasNews = false;
  /** What is under way; a close waits for it. */
  #work: Promise<void> = Promise.resolve();

  constructor(connections: Connections, options: { schema: string; log: Log }) {
    this.#connections = connections;
    this.#log = options.log;
    this.#schema = options.schema;
  }

  /** The statement by which a transaction that has written tells of it, once it is committed. */
  get announce(): string {
    return `select pg_notify('${CHANNEL}', current_schema() || ' ' || change_seq || ' ${this.#self}')
      from registry_state where id = 1 and pg_current_xact_id_if_assigned() is not null`;
  }

  async start(): Promise<void> {
    this.#follow(await this.#connect());
  }

  /** Whether there may be news since this was last asked. */
  takeNews(): boolean {
    const had = this.#hasNews;
    this.#hasNews = false;
    return had;
  }

  /** There may be news that nobody told of. */
  suspectNews(): void {
    this.#hasNews = true;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    // Of its own, so that one function given twice is called twice and stopped one by one.
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#listeners.clear();
    const client = this.#client;
    this.#client = null;
    await client?.end();
    await this.#work;
  }

  async #connect(): Promise<pg.Client> {
    const client = await this.#connections.connectAlone();
    try {
      await client.query(`listen ${CHANNEL}`);
      return client;
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  #follow(client: pg.Client): void {
    this.#client = client;
    this.#pause = FIRST_PAUSE_MS;
    client.on("notification", ({ payload = "" }) => {
      if (this.#concerns(payload)) this.suspectNews();
    });
    client.on("end", () => {
      if (this.#client === client) this.#lost();
    });
    this.#after(HEARTBEAT_MS, () => this.#beat(client));
  }

  #concerns(payload: string): boolean {
    return payload.startsWith(`${this.#schema} `) && !payload.endsWith(` ${this.#self}`);
  }

  #lost(): void {
    this.#client = null;
    this.#cancelTimer();
    this.#log.warn("the connection that hears of other servers' changes is lost; making a new one");
    this.#after(this.#nextPause(), () => this.#reconnect());
  }

  async #reconnect(): Promise<void> {
    try {
      const client = await this.#connect();
      if (this.#isClosed) return await client.end();
      this.#follow(client);
      this.#log.info("other servers' changes are heard of again");
    } catch (error) {
      this.#log.debug("other servers' changes are not heard of", { error: describeError(error) });
      this.#after(this.#nextPause(), () => this.#reconnect());
      if (!(await this.#answers())) return;
    }
    if (!this.#isClosed) this.suspectNews();
  }

  async #answers(): Promise<boolean> {
    return this.#connections
      .use("read", async (client) => (await client.query("select 1")).rows.length === 1)
      .catch(() => false);
  }

  async #beat(client: pg.Client): Promise<void> {
    try {
      const beat = { text: "select 1", query_timeout: HEARTBEAT_TIMEOUT_MS };
      await client.query(beat);
      if (this.#client === client) this.#after(HEARTBEAT_MS, () => this.#beat(client));
    } catch {
      // Its end is what counts as lost.
      await client.end();
    }
  }

  // Jittered, so that the servers of a database that comes back do not all come at once.
  #nextPause(): number {
    const pause = this.#pause;
    this.#pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    return pause * (0.5 + Math.random() / 2);
  }

  #after(ms: number, task: () => Promise<void>): void {
    if (this.#isClosed) return;
    this.#cancelTimer();
    this.#timer = setTimeout(() => {
      this.#work = task();
    }, ms);
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
