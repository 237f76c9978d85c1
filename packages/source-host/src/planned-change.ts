import { type Clock, isoNow, type SourceChange } from "@argus/core";

import { optionFixed, optionsRefused, sourceHasNoNotice } from "./errors.ts";
import { hashOfNotice } from "./notice.ts";
import { isOwnOption, NOTICE, type OptionValues } from "./own-options.ts";
import type { SourceCode } from "./source-code.ts";
import type { SettingsOfSource } from "./user-settings-store.ts";

const MAX_OPTIONS = 64_000;

/**
 * Refuses what cannot be changed, whatever the source says about its options.
 * @throws ArgusError ARGUS_SOURCE_OPTION_FIXED, ARGUS_SOURCE_NO_NOTICE, ARGUS_SOURCE_OPTIONS_INVALID.
 */
export function refuseUnchangeable(source: SourceCode, change: SourceChange, fixed: readonly string[]): void {
  const { accept_notice: accepts, options = {} } = change;
  const named = [...Object.keys(options), ...(accepts === undefined ? [] : [NOTICE])];
  const unchangeable = named.filter((name) => fixed.includes(name));
  if (unchangeable.length > 0) throw optionFixed(source.id, unchangeable);
  if (accepts !== undefined && source.needs_notice === null) throw sourceHasNoNotice(source.id);
  if (Object.hasOwn(options, NOTICE) && isOwnOption(source, NOTICE))
    throw optionsRefused(source.id, `${NOTICE} stands beside the options, and not among them`);
}

/** What would be set after a change of what is set. @throws ArgusError ARGUS_SOURCE_OPTIONS_INVALID when it is too much. */
export function planChange(
  source: SourceCode,
  before: SettingsOfSource,
  change: SourceChange,
  clock: Clock,
): SettingsOfSource {
  const options = change.options === undefined ? before.options : mergeOptions(before.options, change.options);
  if (JSON.stringify(options).length > MAX_OPTIONS)
    throw optionsRefused(source.id, `all options together may have ${MAX_OPTIONS} characters`);
  return { ...before, ...noticeAfter(source, before, change, clock), enabled: enabledAfter(before, change), options };
}

/** Null takes an option back to its default. */
function mergeOptions(before: OptionValues, change: OptionValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== null && value !== undefined),
  );
}

function enabledAfter(before: SettingsOfSource, { enabled, accept_notice: accepts }: SourceChange): boolean | null {
  if (enabled !== undefined) return enabled;
  return accepts === false ? false : before.enabled;
}

function noticeAfter(
  { needs_notice: notice }: SourceCode,
  before: SettingsOfSource,
  { accept_notice: accepts }: SourceChange,
  clock: Clock,
): Pick<SettingsOfSource, "notice_accepted_at" | "notice_hash"> {
  if (accepts === true && notice !== null)
    return { notice_accepted_at: isoNow(clock), notice_hash: hashOfNotice(notice) };
  if (accepts === false) return { notice_accepted_at: null, notice_hash: null };
  return { notice_accepted_at: before.notice_accepted_at, notice_hash: before.notice_hash };
}
