import type { SourceDetails } from "@argus/core";
import { useSignal } from "@preact/signals";

import { Notice } from "../components/notice.tsx";
import { optionId } from "./control-props.ts";
import { OptionControl } from "./option-control.tsx";
import { readDrafts } from "./option-drafts.ts";
import { fieldsOf, type OptionField } from "./option-fields.ts";
import { useSourceModels } from "./source-models.ts";

/** The form's id: its button stands in the dialog's foot. */
export const OPTION_FORM = "source-options";

/** A source's options, made of its schema; saved all at once, those that were changed. */
export function OptionForm({ details }: { details: SourceDetails }) {
  const { sourceDesk } = useSourceModels();
  /** Fields that were left: only then is it said what is wrong with them. */
  const left = useSignal<ReadonlySet<string>>(new Set());
  const fields = fieldsOf(details.options);
  if (fields.length === 0) return null;
  const { errors } = readDrafts(fields, sourceDesk.unsaved.of(details.id));
  const refusal = sourceDesk.refusal.value;
  const errorOf = ({ name }: OptionField): string | null =>
    (left.value.has(name) ? errors[name] : undefined) ?? refusal?.byOption[name] ?? null;
  const save = async (): Promise<void> => {
    left.value = new Set(fields.map(({ name }) => name));
    const wrong = Object.keys(errors).length > 0 ? errors : {};
    if (Object.keys(wrong).length === 0 && (await sourceDesk.saveOptions())) return;
    focusFirst(fields, { ...wrong, ...sourceDesk.refusal.peek()?.byOption });
  };
  return (
    <section class="settings-part" aria-labelledby="source-options-title">
      <h4 class="label" id="source-options-title">
        Options
      </h4>
      <form id={OPTION_FORM} noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
        {refusal !== null && refusal.rest !== null && (
          <Notice problem={{ message: refusal.rest, code: refusal.code, advice: null }} />
        )}
        {fields.map((field) => (
          <OptionControl
            key={field.name}
            field={field}
            draft={sourceDesk.unsaved.of(details.id)[field.name]}
            error={errorOf(field)}
            onDraft={(draft) => sourceDesk.write(details.id, field.name, draft)}
            onLeave={() => (left.value = new Set([...left.value, field.name]))}
          />
        ))}
      </form>
    </section>
  );
}

/** The keyboard goes to the first field with something wrong. */
function focusFirst(fields: readonly OptionField[], errors: Readonly<Record<string, string>>): void {
  const first = fields.find(({ name }) => errors[name] !== undefined);
  if (first === undefined) return;
  const element = document.getElementById(optionId(first.name));
  // Of a group of boxes, the first of them.
  (element?.matches("fieldset") === true ? element.querySelector("input") : element)?.focus();
}
