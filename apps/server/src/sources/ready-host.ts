import { isoNow, type SourceInfo, type SourceSettings } from "@argus/core";
import { type HostStore, SourceHost, type UserSettingsStore } from "@argus/source-host";

import { hostOptions } from "../host-options.ts";
import { type FoundSource, findSources } from "./find-sources.ts";
import { type SetOptions, setOptions } from "./set-options.ts";
import type { Surroundings } from "./surroundings.ts";

/** A store that keeps nothing; `take` is handed what would be stored. */
export function passOn(take: Pick<HostStore, "upsert">["upsert"]): HostStore {
  return {
    upsert: take,
    markGone: async () => 0,
    countBySource: () => new Map(),
    saveScrape: async () => undefined,
    savedAt: async () => null,
    scrapes: async () => [],
  };
}

/**
 * All sources with all that is set about them, as a server has them, on another store. `accepted`: the source whose notice the
 * user has accepted just now.
 */
export async function openHost(
  at: Surroundings,
  store: HostStore,
  accepted?: string,
): Promise<{ found: readonly FoundSource[]; host: SourceHost }> {
  const found = await findSources(at.where);
  const shared = hostOptions(at.config, at.env, at.log);
  const options = { ...shared.options };
  if (accepted !== undefined) options[accepted] = { ...(options[accepted] as object | undefined), accept_notice: true };
  const host = new SourceHost({
    ...shared,
    options,
    installed: found,
    store,
    userSettings: storedSettings(at.config.databaseUrl),
  });
  await host.takeIn();
  return { found, host };
}

/** What was set in the page: read once, and never changed. */
function storedSettings(databaseUrl: string): UserSettingsStore {
  const read = async (): Promise<SourceSettings[]> => {
    // Loaded here: it takes as long as the rest of a command.
    const { readSourceSettings } = await import("@argus/store");
    return await readSourceSettings(databaseUrl);
  };
  let listed: Promise<SourceSettings[]> | null = null;
  const list = (): Promise<SourceSettings[]> => (listed ??= read());
  return {
    list,
    get: async (sourceId) => (await list()).find(({ source_id }) => source_id === sourceId) ?? null,
    // For the command alone: what is held is not settled by a run that stores nothing.
    put: async (sourceId, settings) => ({ source_id: sourceId, ...settings, updated_at: isoNow() }),
  };
}

/** A source, and how it stands. */
export type Standing = {
  found: FoundSource;
  id: string;
  info: SourceInfo | null;
  /** What is set about it, and the addresses among that; nothing of one that does not load. */
  set: SetOptions;
  chosen: readonly URL[];
};

/** How all sources stand, once they have been asked about their options. */
export async function readStandings(at: Surroundings): Promise<{ standings: Standing[]; settings: string[] }> {
  const { found, host } = await openHost(
    at,
    passOn(async () => ({ new: 0, changed: 0, unchanged: 0 })),
  );
  await using _closing = host;
  const settings = await host.settingsProblems();
  const infos = host.list();
  const standings = found.map((each) => {
    const info = infos.find(({ package: name, version, id }) =>
      each.source === null ? name === each.package && version === each.version : id === each.source.id,
    );
    const id = info?.id ?? each.source?.id ?? each.package;
    return { found: each, id, info: info ?? null, ...setAbout(host, each.source === null ? null : id) };
  });
  return { standings, settings };
}

function setAbout(host: SourceHost, id: string | null): Pick<Standing, "set" | "chosen"> {
  if (id === null) return { set: { settings: [], page: [] }, chosen: [] };
  return { set: setOptions(host.details(id)), chosen: host.chosenAddresses(id) };
}
