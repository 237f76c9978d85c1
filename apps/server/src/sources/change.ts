import process from "node:process";

import { describeError } from "@argus/core";
import {
  type Change,
  type InstalledPackage,
  ownPackages,
  readInstalled,
  SourceInstaller,
} from "@argus/source-host/installed";

import { sourcesFolder } from "./find-sources.ts";
import { EXIT_DONE, EXIT_PROBLEMS, type Surroundings } from "./surroundings.ts";

const RESTART = "Restart argus serve to use it.";

/** `argus sources install`. */
export async function install(what: string, at: Surroundings): Promise<number> {
  const change = await (await installerOf(at)).install(what, process.cwd());
  at.terminal.print(describeChange(change));
  if (change.isChanged) at.terminal.print(RESTART);
  return EXIT_DONE;
}

/** `argus sources update`: one after the other, each by itself. */
export async function update(source: string | null, at: Surroundings): Promise<number> {
  const names = source === null ? (await installedPackages(at)).map(({ name }) => name) : [await packageOf(source, at)];
  if (names.length === 0) at.terminal.print("no source was installed with argus sources install");
  const installer = await installerOf(at);
  let isChanged = false;
  let exitCode = EXIT_DONE;
  for (const name of names) {
    try {
      const change = await installer.update(name);
      at.terminal.print(describeChange(change));
      isChanged ||= change.isChanged;
    } catch (error) {
      at.signal.throwIfAborted();
      if (source !== null) throw error;
      at.terminal.print(`${name}: ${describeError(error)}`);
      exitCode = EXIT_PROBLEMS;
    }
  }
  if (isChanged) at.terminal.print("Restart argus serve to use what is new.");
  return exitCode;
}

/** `argus sources remove`. */
export async function remove(source: string, at: Surroundings): Promise<number> {
  const name = await packageOf(source, at);
  const id = (await installedPackages(at)).find((each) => each.name === name)?.id;
  const version = await (await installerOf(at)).remove(name);
  at.terminal.print(
    `${name} ${version} removed; its cameras stay in the registry. Restart argus serve to be rid of it.`,
  );
  if (id !== undefined && Object.hasOwn(at.config.settings.sources, id))
    at.terminal.print(
      `Take [sources.${id}] out of ${at.config.file}: settings of a source that is not there stop the start.`,
    );
  return EXIT_DONE;
}

async function installerOf({ env, terminal, signal, where }: Surroundings): Promise<SourceInstaller> {
  return new SourceInstaller({
    folder: sourcesFolder(where.dataDir),
    ownPackages: await ownPackages(where.appFolder),
    env,
    node: process.execPath,
    signal,
    onStep: (step) => terminal.progress(`${step} …`),
  });
}

async function installedPackages({ where }: Surroundings): Promise<InstalledPackage[]> {
  return await readInstalled(sourcesFolder(where.dataDir), where.signal);
}

/** A source goes by its package's name or by its id; what is neither is left as it is, to be refused by name. */
async function packageOf(source: string, at: Surroundings): Promise<string> {
  const installed = await installedPackages(at);
  return (installed.find(({ name }) => name === source) ?? installed.find(({ id }) => id === source))?.name ?? source;
}

function describeChange({ name, from, to, id, isChanged }: Change): string {
  if (!isChanged) return `${name} ${to} is installed already (source ${id})`;
  if (from === null) return `${name} ${to} installed (source ${id})`;
  return from === to ? `${name} ${to} installed again (source ${id})` : `${name} ${from} → ${to} (source ${id})`;
}
