import { usageInvalid } from "../errors.ts";

const COMMON = `  --config <file>       settings file                            (ARGUS_CONFIG, default argus.toml
                        in the XDG config folder)
  --help                this text

Sources are installed into the folder sources of the data folder; those that come with Argus are
part of it. A running server uses what was changed after its next start.
`;

const USAGE = `Usage: argus sources <command> [options]

Commands
  install <what>        a package of the npm registry, a tarball or a folder
  list                  all sources, and what state they are in
  update [<name>]       the newest versions of those that were installed
  remove <name>         one that was installed
  doctor                whether everything is in order, and what to do if not
  run <id>              scrape, and print the cameras instead of storing them

Options
${COMMON}
argus sources <command> --help tells more.
`;

/** What `argus sources <name> --help` says. */
const USAGES: Readonly<Record<SourcesCommand["name"], string>> = {
  install: `Usage: argus sources install <package[@version]|tarball|folder> [options]

Installs a source with npm and its settings (registry, proxy, login), in exactly one version, and
runs no scripts of it. What begins with ./ or / or ends with .tgz is a file or folder. A package that
is no source, or is not meant for this Argus, is refused, and nothing is changed.

Options
${COMMON}`,
  list: `Usage: argus sources list [options]

Id, package, version, where it is from, whether it is preselected, and state of every source.

Options
  --json                as JSON
${COMMON}`,
  update: `Usage: argus sources update [<name>] [options]

Brings one or all of the installed sources to the newest version within what was asked for at their
installation: of argus-source-x the newest, of argus-source-x@^1.2.0 the newest 1.x, of a folder what
is in it now. Exit code 1 if one of them failed; it stays as it was.

Options
${COMMON}`,
  remove: `Usage: argus sources remove <name> [options]

Removes an installed source, by the name of its package or its id. Its cameras stay in the registry.

Options
${COMMON}`,
  doctor: `Usage: argus sources doctor [options]

Looks whether each source loads and fits this Argus, and has the environment variables and options it
needs. Exit code 1 if one does not; every finding says what to do.

Options
  --online              also whether the hosts it asks can be reached
${COMMON}`,
  run: `Usage: argus sources run <id> [options]

Scrapes one source and prints its cameras to stdout, one JSON object a line; nothing is stored. The
log goes to stderr. Exit code 0 when it listed everything, 3 when some could not be read, 1 when it
failed, 130 when it was stopped.

Options
  --accept-notice       for a source that has a notice to be read and accepted
${COMMON}`,
};

/** What is to be done with sources. */
export type SourcesCommand =
  | { name: "install"; what: string }
  | { name: "list"; json: boolean }
  | { name: "update"; source: string | null }
  | { name: "remove"; source: string }
  | { name: "doctor"; online: boolean }
  | { name: "run"; id: string; acceptNotice: boolean };

type SourcesOption = "json" | "online" | "accept-notice";
type Values = { json?: boolean; online?: boolean; "accept-notice"?: boolean };
type Read = { command: SourcesCommand; options: readonly SourcesOption[] };

/** The help that goes with the words after `argus sources`. */
export function sourcesUsage(words: readonly string[]): string {
  const name = words[0] ?? "";
  return Object.hasOwn(USAGES, name) ? USAGES[name as SourcesCommand["name"]] : USAGE;
}

/**
 * The words after `argus sources`, and the options that belong to them.
 * @throws ArgusError ARGUS_USAGE_INVALID naming the word that is not understood, or what is missing.
 */
export function readSourcesCommand(words: readonly string[], values: Values): Read {
  const [name = "", ...rest] = words;
  switch (name) {
    case "list":
      refuseMore(rest, 0);
      return { command: { name, json: values.json ?? false }, options: ["json"] };
    case "doctor":
      refuseMore(rest, 0);
      return { command: { name, online: values.online ?? false }, options: ["online"] };
    case "install":
      return { command: { name, what: only(rest, name, "a package, a tarball or a folder") }, options: [] };
    case "update":
      refuseMore(rest, 1);
      return { command: { name, source: rest[0] ?? null }, options: [] };
    case "remove":
      return { command: { name, source: only(rest, name, "the name of a source") }, options: [] };
    case "run":
      return {
        command: { name, id: only(rest, name, "the id of a source"), acceptNotice: values["accept-notice"] ?? false },
        options: ["accept-notice"],
      };
    default:
      throw usageInvalid(`there is no command "sources ${name}"; see argus sources --help`);
  }
}

function only(words: readonly string[], command: string, what: string): string {
  refuseMore(words, 1);
  const [word = ""] = words;
  if (word === "") throw usageInvalid(`argus sources ${command} needs ${what}; see argus sources ${command} --help`);
  return word;
}

function refuseMore(words: readonly string[], most: number): void {
  const extra = words[most];
  if (extra !== undefined) throw usageInvalid(`"${extra}" is one word too many; see argus sources --help`);
}
