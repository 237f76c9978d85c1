import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import semver from "semver";

import { isSourcePackage } from "../installed-source.ts";
import { refused } from "./errors.ts";

/** What somebody wants installed. Paths are absolute; `range` is a version, a range of them or a dist-tag. */
export type Asked =
  | { kind: "package"; name: string; range: string }
  | { kind: "tarball"; path: string }
  | { kind: "folder"; path: string };

const NEWEST = "latest";
const PATH = /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[a-z]:[/\\])|\.(?:tgz|tar\.gz)$/iu;
const TARBALL = /\.(?:tgz|tar\.gz)$/iu;
const ELSEWHERE = /^(?:[a-z+]+:|[^@/]+\/)/iu;
const PACKAGE = /^(?<name>(?:@[^/@]+\/)?[^/@]+)(?:@(?<range>.+))?$/u;
const TAG = /^[a-z][a-z0-9._-]*$/iu;

/**
 * Reads `<package[@version]|tarball|folder>`. What begins with a dot or a slash, or ends like a tarball, is a path.
 * @throws ArgusError ARGUS_SOURCE_REFUSED saying what is wrong with it, and what to do.
 */
export async function readAsked(text: string, cwd: string): Promise<Asked> {
  if (PATH.test(text) && !/^[a-z+]{2,}:/iu.test(text)) return await readPath(text, resolve(cwd, text));
  if (ELSEWHERE.test(text)) {
    throw refused(
      text,
      "only packages of the registry, tarballs and folders are; download it and install the file, or begin a path with ./",
    );
  }
  return readPackage(text);
}

async function readPath(text: string, path: string): Promise<Asked> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw refused(text, `there is no such file or folder; looked for ${path}`);
  if (found.isDirectory()) return { kind: "folder", path };
  if (TARBALL.test(path)) return { kind: "tarball", path };
  throw refused(text, "it is neither a folder nor a tarball, whose name ends with .tgz or .tar.gz");
}

function readPackage(text: string): Asked {
  const { name = "", range = NEWEST } = PACKAGE.exec(text)?.groups ?? {};
  checkName(name, text);
  if (semver.validRange(range) === null && !TAG.test(range))
    throw refused(text, `"${range}" is no version, range of versions or dist-tag, like 1.2.3, ^1.2.0 or latest`);
  return { kind: "package", name, range };
}

/** @throws ArgusError ARGUS_SOURCE_REFUSED for a name that no source has; `text` is what was asked for. */
export function checkName(name: string, text: string): void {
  if (isSourcePackage(name)) return;
  const meant = `argus-source-${name}`;
  const mend = isSourcePackage(meant) ? `; did you mean ${meant}?` : "";
  throw refused(
    text,
    `a source's package is named argus-source-<id> or @scope/argus-source-<id>, and not "${name}"${mend}`,
  );
}

/** The same in the words it is asked in. */
export function writeAsked(asked: Asked): string {
  return asked.kind === "package" ? `${asked.name}@${asked.range}` : asked.path;
}
