import type { SourceDetails } from "@argus/core";

/** The names of options that are set, by where that was done; no values, for some are secrets. */
export type SetOptions = {
  /** Under `[sources.<id>]` in argus.toml. */
  settings: string[];
  /** In the page or over the API, and kept in the database. */
  page: string[];
};

/** What is set about a source, and where. */
export function setOptions({ options: { values, secrets, fixed } }: Pick<SourceDetails, "options">): SetOptions {
  const page = [...Object.keys(values), ...secrets].filter((name) => !fixed.includes(name));
  return { settings: [...fixed], page };
}

/** In words, with the file of the settings; null when nothing is set. */
export function describeSetOptions({ settings, page }: SetOptions, file: string | null): string | null {
  const told = [
    ...(settings.length === 0 ? [] : [`${settings.join(", ")} in ${file ?? "argus.toml"}`]),
    ...(page.length === 0 ? [] : [`${page.join(", ")} in the page`]),
  ];
  return told.length === 0 ? null : `options that are set: ${told.join("; ")}`;
}
