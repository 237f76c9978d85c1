import type { SourceDetails, SourceInfo } from "@argus/core";

import { isOwnOption, NOTICE, type OptionValues, wholeSchema } from "./own-options.ts";
import { isSecret, isSet } from "./secret-options.ts";
import type { SourceStand } from "./source-care.ts";
import type { SourceCode } from "./source-code.ts";
import { fixedNames } from "./user-settings.ts";
import type { SettingsOfSource } from "./user-settings-store.ts";

/** What is said of a source that does not load. */
const USUAL_INTERVAL_S = 3600;

export type DetailParts = {
  info: SourceInfo;
  /** Null when it is broken. */
  source: SourceCode | null;
  stand: SourceStand;
  /** What holds of the host's own options where nothing is set. */
  usual: { deadlineS: number; memoryMb: number };
  intervalS: number | null;
  user: SettingsOfSource;
  /** As the app's settings have it. */
  fixed: unknown;
};

/** Everything that may be said of one source: its secrets only by name. */
export function sourceDetails({ info, source, stand, intervalS, usual, user, fixed }: DetailParts): SourceDetails {
  return {
    ...info,
    interval_s: intervalS ?? USUAL_INTERVAL_S,
    failures: stand.failures,
    can_resolve: source?.canResolve ?? false,
    notice:
      source === null || source.needs_notice === null
        ? null
        : { text: source.needs_notice, accepted_at: user.notice_accepted_at, is_accepted: !info.needs_notice },
    held: stand.held,
    options: {
      schema: source === null ? null : schemaOf(source, usual),
      ...shownOptions(source, { ...user.options, ...(fixed as OptionValues) }),
      fixed: fixedNames(fixed),
    },
  };
}

function schemaOf(source: SourceCode, { deadlineS, memoryMb }: DetailParts["usual"]): Record<string, unknown> {
  return wholeSchema(source, { interval_s: source.interval_s, deadline_s: deadlineS, memory_mb: memoryMb });
}

function shownOptions(
  source: SourceCode | null,
  options: OptionValues,
): Pick<SourceDetails["options"], "values" | "secrets"> {
  // Nothing tells which are the secrets of a source that does not load.
  if (source === null) return { values: {}, secrets: [] };
  const named = Object.entries(options).filter(([name]) => name !== NOTICE || !isOwnOption(source, name));
  const isHidden = ([name]: [string, unknown]): boolean =>
    !isOwnOption(source, name) && isSecret(source.optionsSchema, name);
  return {
    values: Object.fromEntries(named.filter((each) => !isHidden(each))),
    secrets: named.filter((each) => isHidden(each) && isSet(each[1])).map(([name]) => name),
  };
}
