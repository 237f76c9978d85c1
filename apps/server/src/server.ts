import { once } from "node:events";
import type { Server } from "node:http";

import { describeError, type Log, silentLog } from "@argus/core";
import { createHttpApi } from "@argus/http-api";
import { SourceHost } from "@argus/source-host";
import { CameraStore } from "@argus/store";
import { Streams } from "@argus/streams";

import { allowedHosts } from "./allowed-hosts.ts";
import { cameraResolver } from "./camera-resolver.ts";
import type { Config } from "./config.ts";
import { makeDataFolder } from "./data-folder.ts";
import { configInvalid } from "./errors.ts";
import type { Environment } from "./folders.ts";
import { hostOptions } from "./host-options.ts";
import { keepLinked } from "./keep-linked.ts";
import { listen, portOf, urlHost } from "./listen.ts";
import { packageFolder, pageFolder, USER_AGENT, version } from "./package.ts";
import { followSettings } from "./follow-settings.ts";
import { findSources } from "./sources/find-sources.ts";

// Answers and sources are given these times at once, so that a stop takes less than five seconds; keeping the index of a
// large registry for the next start may take as long again.
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
  const store = opened.use(new CameraStore({ url: config.databaseUrl, log }));
  const sources = opened.use(await openSources(store, { config, env, log, sourcesFrom }));
  const streams = opened.use(
    new Streams({
      allow: config.settings.egress.allow,
      origins: () => sources.origins(),
      resolver: cameraResolver(sources),
      userAgent: USER_AGENT,
      log,
    }),
  );
  // Ends with `stopping`, and before the store is closed.
  let linking = Promise.resolve();
  opened.defer(() => linking);
  // The port before the database is touched: a second start must fail before it does.
  const server = await listen(host, port);
  // What was opened last is closed first: the open answers end. The moving pictures and the scrape end meanwhile.
  opened.defer(async () => void (await Promise.all([drain(server), closeInTurn([streams, sources])])));
  const stopping = new AbortController();
  opened.defer(() => stopping.abort(new Error("the server is stopping")));

  // Nothing is waited for between listening and this: a request that nobody listens for is never answered.
  server.on(
    "request",
    createHttpApi({
      store,
      sources,
      streams,
      version,
      access: { hosts: allowedHosts(config.settings.server, portOf(server)) },
      page: pageFolder(),
      signal: stopping.signal,
      log,
    }),
  );
  await makeDataFolder(config.dataDir);
  await store.connect();
  await sources.recover({ isShared: store.engine === "postgres" });
  await sources.takeIn();
  await scrapeWhenEmpty(store, sources, config.settings.scrape.when_empty, log);
  sources.keepFresh();
  linking = keepLinked(store, sources, { signal: stopping.signal, log });
  if (store.engine === "postgres") void followSettings(sources, stopping.signal);

  const closing = opened.move();
  const url = `http://${urlHost(host)}:${portOf(server)}`;
  return { url, port: portOf(server), [Symbol.asyncDispose]: () => closing.disposeAsync() };
}

async function openSources(
  store: CameraStore,
  { config, env, log, sourcesFrom }: Required<StartOptions>,
): Promise<SourceHost> {
  const { signal } = new AbortController();
  const installed = await findSources({ appFolder: sourcesFrom, dataDir: config.dataDir, signal, log });
  for (const { package: name, error } of installed) {
    if (error !== null) log.warn("a source is broken and left out", { package: name, reason: error });
  }
  const options = hostOptions(config, env, log);
  const sources = new SourceHost({ ...options, installed, store, userSettings: store.sourceSettings });
  const problems = await sources.settingsProblems();
  if (problems.length > 0) throw configInvalid(`${config.file ?? "the settings"}: ${problems.join("; ")}`);
  return sources;
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

async function closeInTurn(parts: readonly AsyncDisposable[]): Promise<void> {
  for (const part of parts) await part[Symbol.asyncDispose]();
}

/** Lets answers under way end, then closes what is left. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed.finally(() => clearTimeout(timer));
}
