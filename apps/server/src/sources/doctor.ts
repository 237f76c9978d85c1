import { createAddressRule } from "@argus/streams";

import { type AskedHost, askedHosts } from "./asked-hosts.ts";
import { readStandings, type Standing } from "./ready-host.ts";
import { whyUnreachable } from "./reachable.ts";
import { describeSetOptions } from "./set-options.ts";
import { EXIT_DONE, EXIT_PROBLEMS, type Surroundings } from "./surroundings.ts";

/** What there is to say about a source; `problems` are wrong, `notes` are not. */
type Findings = { title: string; problems: string[]; notes: string[] };

/** `argus sources doctor`. */
export async function doctor(online: boolean, at: Surroundings): Promise<number> {
  const { standings, settings } = await readStandings(at);
  let problems = 0;
  for (const standing of standings) {
    const findings = await examine(standing, online, at);
    problems += findings.problems.length;
    for (const line of linesOf(findings)) at.terminal.print(line);
  }
  const others = settings.filter((problem) => !standings.some(({ id }) => problem.startsWith(`[sources.${id}]`)));
  for (const problem of others)
    at.terminal.print(`bad   the settings: ${problem}; take the section out, or install it`);
  problems += others.length;
  at.terminal.print(problems === 1 ? "1 problem found" : `${problems === 0 ? "no" : problems} problems found`);
  return problems === 0 ? EXIT_DONE : EXIT_PROBLEMS;
}

async function examine(standing: Standing, online: boolean, at: Surroundings): Promise<Findings> {
  const { found, id, info, set } = standing;
  const { source, installed, error } = found;
  const title = [
    `${id}: ${found.package} ${found.version}`,
    `API ${source?.apiVersion ?? installed?.apiVersion ?? "unknown"}`,
    ...(installed === null ? ["comes with Argus"] : [`SDK ${installed.sdkRange ?? "unknown"}`]),
  ].join(", ");
  if (source === null)
    return {
      title,
      problems: [`does not load: ${error ?? "for an unknown reason"}${mendOf(installed?.name)}`],
      notes: [],
    };
  // A source that came with Argus, and whose key nobody has or whose notice nobody has accepted, is no fault.
  const isUnused = installed === null && ((info?.missing_env.length ?? 0) > 0 || info?.needs_notice === true);
  const message = info?.state === "unconfigured" ? [info.message ?? "it is not configured"] : [];
  return {
    title,
    problems: [
      ...(isUnused ? [] : message),
      ...(online ? await unreachable(askedHosts(source, set, standing.chosen), at) : []),
    ],
    notes: [...(isUnused ? message : []), ...listed(describeSetOptions(set, at.config.file))],
  };
}

function mendOf(name: string | undefined): string {
  return name === undefined
    ? "; install Argus again"
    : ` (argus sources update ${name} installs it anew, in a newer version if there is one, argus sources remove ${name} removes it)`;
}

function listed(text: string | null): string[] {
  return text === null ? [] : [text];
}

async function unreachable(hosts: readonly AskedHost[], { config, terminal, signal }: Surroundings): Promise<string[]> {
  const rule = createAddressRule(config.settings.egress.allow);
  const problems: string[] = [];
  for (const { host, isChosen } of hosts) {
    terminal.progress(`asking ${host} …`);
    // What a person names is theirs to open, in their own network too.
    const reason = await whyUnreachable(host, isChosen ? () => null : rule, signal);
    if (reason !== null) problems.push(`${host} cannot be reached: ${reason}`);
  }
  return problems;
}

function linesOf({ title, problems, notes }: Findings): string[] {
  return [
    `${problems.length === 0 ? "ok   " : "bad  "} ${title}`,
    ...problems.map((problem) => `      - ${problem}`),
    ...notes.map((note) => `      (${note})`),
  ];
}
