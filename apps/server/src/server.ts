import { once } from "node:events";
import type { Server } from "node:http";
import { mkdir } from "node:fs/promises";

import { describeError, type Log, silentLog } from "@argus/core";
import { createHttpApi } from "@argus/http-api";
import { discoverSources, SourceHost } from "@argus/source-host";
import { CameraStore } from "@argus/store";
import { Streams } from "@argus/streams";

import type { Config } from "./config.ts";
import type { Environment } from "./folders.ts";
import { listen, portOf, urlHost } from "./listen.ts";
import { packageFolder, pageFolder, version } from "./package.ts";

const USER_AGENT = `Argus/${version} (self-hosted camera registry)`;
const DRAIN_MS = 3000;

/** A server that answers. Disposing stops it: requests end, the scrape is cancelled, the database is closed. */
export type RunningServer = AsyncDisposable & { url: string; port: number };

export type StartOptions = {
  config: Config;
  env: Environment;
  log?: Log;
  /** The folder whose package.json names the sources. Default: this package. */
  sourcesFrom?: string;
};

/**
 * Starts Argus: takes the port, opens the database, loads the sources, and answers.
 * @throws ArgusError when the port is taken, the database cannot be opened, …; then nothing is left open.
 */
export async function startServer({
  config,
  env,
  log = silentLog,
  sourcesFrom = packageFolder,
}: StartOptions): Promise<RunningServer> {
  const { host, port } = config.settings.server;
  await using opened = new AsyncDisposableStack();
  // The port first: a second start must fail before it touches the database.
  const server = await listen(host, port);
  opened.defer(() => drain(server));

  const store = opened.use(new CameraStore({ url: config.databaseUrl, log }));
  const sources = await openSources(store, { config, env, log, sourcesFrom });
  opened.use(sources);
  const streams = opened.use(
    new Streams({ allow: config.settings.egress.allow, origins: () => sources.origins(), userAgent: USER_AGENT, log }),
  );
  // Closed in the reverse order: first the open answers end, then what they were made of.
  opened.defer(() => drain(server));
  const stopping = new AbortController();
  opened.defer(() => stopping.abort(new Error("the server is stopping")));

  server.on(
    "request",
    createHttpApi({
      store,
      sources,
      streams,
      version,
      access: { hosts: allowedHosts(config, portOf(server)) },
      page: pageFolder(),
      signal: stopping.signal,
      log,
    }),
  );
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await store.connect();
  await sources.recover();
  await scrapeWhenEmpty(store, sources, config.settings.scrape.when_empty, log);

  const closing = opened.move();
  const url = `http://${urlHost(host)}:${portOf(server)}`;
  return { url, port: portOf(server), [Symbol.asyncDispose]: () => closing.disposeAsync() };
}

async function openSources(
  store: CameraStore,
  { config, env, log, sourcesFrom }: Required<StartOptions>,
): Promise<SourceHost> {
  const installed = await discoverSources(sourcesFrom);
  for (const { package: name, error } of installed) {
    if (error !== null) log.warn("a source is broken and left out", { package: name, reason: error });
  }
  return new SourceHost({ installed, store, env, options: config.settings.sources, userAgent: USER_AGENT, log });
}

/** Loopback by its three names, the address itself, and what the user added. */
function allowedHosts(config: Config, port: number): string[] {
  const { host, allowed_hosts } = config.settings.server;
  const own = ["127.0.0.1", "localhost", "[::1]", urlHost(host)].map((name) => `${name}:${port}`);
  return [...new Set([...own, ...allowed_hosts])];
}

async function scrapeWhenEmpty(
  store: CameraStore,
  sources: SourceHost,
  wanted: readonly string[],
  log: Log,
): Promise<void> {
  if (store.size > 0 || wanted.length === 0) return;
  try {
    await sources.start(wanted);
  } catch (error) {
    // A registry without cameras still works, and its page offers the sources.
    log.warn("the first scrape could not start", { sources: wanted.join(","), reason: describeError(error) });
  }
}

/** Lets answers under way end, then closes what is left. */
async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed.finally(() => clearTimeout(timer));
}
