import { columns } from "./columns.ts";
import { readStandings, type Standing } from "./ready-host.ts";
import { EXIT_DONE, type Surroundings } from "./surroundings.ts";

/** A source as `argus sources list --json` tells it. */
type Listed = {
  id: string;
  package: string;
  version: string;
  /** Where it is from: with Argus, or what was asked for. */
  from: { kind: "argus" | "package" | "tarball" | "folder"; asked: string | null };
  /** Read again by itself while a server runs. */
  enabled: boolean;
  /** `ready`, `unconfigured` or `broken`. */
  state: string;
  message: string | null;
};

/** `argus sources list`. */
export async function list(json: boolean, at: Surroundings): Promise<number> {
  const listed = (await readStandings(at)).standings.map(toListed);
  for (const line of json ? [JSON.stringify(listed, null, 2)] : linesOf(listed)) at.terminal.print(line);
  return EXIT_DONE;
}

function toListed({ found, id, info }: Standing): Listed {
  const { installed } = found;
  return {
    id,
    package: found.package,
    version: found.version,
    from: installed === null ? { kind: "argus", asked: null } : { kind: installed.from, asked: installed.asked },
    enabled: info?.enabled ?? false,
    state: info?.state ?? "broken",
    message: info?.message ?? found.error,
  };
}

/** Of a notice its beginning; `argus sources run` and the page show the whole. */
function firstLine(message: string): string {
  const [line = "", ...more] = message.split("\n");
  return more.length === 0 ? line : `${line} …`;
}

function linesOf(listed: readonly Listed[]): string[] {
  const rows = listed.map(({ id, package: name, version, from, enabled, state }) => [
    id,
    name,
    version,
    from.kind === "argus" ? "Argus" : from.kind === "package" ? `npm, ${from.asked}` : `${from.kind} ${from.asked}`,
    enabled ? "yes" : "no",
    state,
  ]);
  const messages = listed.flatMap(({ id, message }) => (message === null ? [] : [`${id}: ${firstLine(message)}`]));
  return [
    ...columns([["id", "package", "version", "from", "enabled", "state"], ...rows]),
    ...(messages.length === 0 ? [] : ["", ...messages]),
  ];
}
