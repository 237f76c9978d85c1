import type { Draft } from "./option-drafts.ts";
import type { OptionField } from "./option-fields.ts";

export type ControlProps = {
  field: OptionField;
  /** What was written and not saved; undefined when nothing was. */
  draft: Draft | undefined;
  error: string | null;
  onDraft: (draft: Draft | undefined) => void;
  /** The field was left. */
  onLeave: () => void;
};

/** The element that takes an option's value. */
export function optionId(name: string): string {
  return `option-${name}`;
}

/** What the element refers to for its help and its fault. */
export function describedBy({ field, error }: Pick<ControlProps, "field" | "error">): string | undefined {
  const ids = [
    ...(field.help === "" && !field.fixed ? [] : [`${optionId(field.name)}-help`]),
    ...(error === null ? [] : [`${optionId(field.name)}-error`]),
  ];
  return ids.length === 0 ? undefined : ids.join(" ");
}
