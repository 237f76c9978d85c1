import { idOf } from "../installed-source.ts";
import type { Project } from "./project.ts";

/** Who has this id already, and what to do about it; null when nobody but `name` has. */
export function ownerOf(id: string, name: string, { argus }: Project, ownPackages: readonly string[]): string | null {
  const own = ownPackages.find((each) => idOf({ package: each, version: "", source: null, error: null }) === id);
  if (own !== undefined) return `${own}, which comes with Argus: its author chooses another id`;
  const [other] = Object.entries(argus.sources).find(([each, origin]) => each !== name && origin.id === id) ?? [];
  return other === undefined ? null : `${other}: remove that one first (argus sources remove ${other})`;
}
