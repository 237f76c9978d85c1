import type { SourceCode } from "./source-code.ts";

/** A source package that was found; `error` says why it is broken, and then `source` is null. */
export type InstalledSource = {
  package: string;
  version: string;
  /** Where its cameras are, as its package.json has it; none where that does not say. */
  region?: string | null;
  source: SourceCode | null;
  error: string | null;
};

const PACKAGE_NAME = /^(?<scope>@[a-z0-9._~-]+\/)?argus-source-(?<id>[a-z0-9][a-z0-9._~-]*)$/u;

/** Whether a package of this name is a source: `argus-source-<id>` or `@scope/argus-source-<id>`. */
export function isSourcePackage(name: string): boolean {
  return PACKAGE_NAME.test(name);
}

/** The id a package's source goes by: its own, or that of the package's name (scope kept) when it did not load. */
export function idOf({ package: name, source }: InstalledSource): string {
  const groups = PACKAGE_NAME.exec(name)?.groups;
  return source?.id ?? `${groups?.["scope"] ?? ""}${groups?.["id"] ?? name}`;
}
