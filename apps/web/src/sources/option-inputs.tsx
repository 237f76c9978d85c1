import type { ComponentChildren } from "preact";

import { type ControlProps, describedBy, optionId } from "./control-props.ts";
import { fallbackText, shownChoices, shownText, shownTick } from "./option-drafts.ts";
import type { FieldKind, OptionField } from "./option-fields.ts";

/** What an option is called, and its name in argus.toml. */
export function OptionLabel({ field }: { field: OptionField }): ComponentChildren {
  return (
    <>
      {field.label}
      {field.required && <span class="option-required"> (required)</span>} <code>{field.name}</code>
    </>
  );
}

/** Which keys a phone shows. */
const KEYBOARDS: Partial<Record<FieldKind, "url" | "numeric" | "decimal">> = {
  url: "url",
  integer: "numeric",
  number: "decimal",
};

/** A text, an address or a number. */
export function LineInput(props: ControlProps) {
  const { field, draft, error, onDraft, onLeave } = props;
  const isNumber = field.kind === "number" || field.kind === "integer";
  return (
    <input
      id={optionId(field.name)}
      type="text"
      inputMode={KEYBOARDS[field.kind] ?? "text"}
      class={`field option-field${isNumber ? " is-number" : ""}`}
      autoComplete="off"
      spellcheck={false}
      maxLength={field.maxLength ?? undefined}
      placeholder={fallbackText(field)}
      readOnly={field.fixed}
      aria-invalid={error !== null}
      aria-describedby={describedBy(props)}
      value={shownText(field, draft)}
      onInput={(event) => onDraft(event.currentTarget.value)}
      onBlur={onLeave}
    />
  );
}

/** Several lines: texts, or JSON. */
export function AreaInput(props: ControlProps) {
  const { field, draft, error, onDraft, onLeave } = props;
  const text = shownText(field, draft);
  const rows = Math.min(16, Math.max(3, text.split("\n").length + 1));
  return (
    <textarea
      id={optionId(field.name)}
      class={`field option-field${field.kind === "json" ? " is-code" : ""}`}
      rows={rows}
      autoComplete="off"
      spellcheck={false}
      placeholder={fallbackText(field) || (field.kind === "lines" ? "One per line" : "")}
      readOnly={field.fixed}
      aria-invalid={error !== null}
      aria-describedby={describedBy(props)}
      value={text}
      onInput={(event) => onDraft(event.currentTarget.value)}
      onBlur={onLeave}
    />
  );
}

/** A box to tick, with its label. */
export function TickInput(props: ControlProps) {
  const { field, draft, onDraft } = props;
  return (
    <label class="option-tick">
      <input
        id={optionId(field.name)}
        type="checkbox"
        checked={shownTick(field, draft)}
        disabled={field.fixed}
        aria-describedby={describedBy(props)}
        onChange={(event) => onDraft(event.currentTarget.checked)}
      />
      <span>
        <OptionLabel field={field} />
      </span>
    </label>
  );
}

/** One of the choices. */
export function ChoiceInput(props: ControlProps) {
  const { field, draft, error, onDraft } = props;
  const fallback = fallbackText(field);
  return (
    <select
      id={optionId(field.name)}
      class="field option-field"
      disabled={field.fixed}
      aria-invalid={error !== null}
      aria-describedby={describedBy(props)}
      value={shownText(field, draft)}
      onChange={(event) => onDraft(event.currentTarget.value === "" ? null : event.currentTarget.value)}
    >
      <option value="">{fallback === "" ? "Not set" : `Default: ${fallback}`}</option>
      {field.choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}

/** A box for each of the choices. */
export function ChoicesInput(props: ControlProps) {
  const { field, draft, onDraft } = props;
  const ticked = shownChoices(field, draft);
  return (
    <fieldset id={optionId(field.name)} aria-describedby={describedBy(props)}>
      <legend class="option-label">
        <OptionLabel field={field} />
      </legend>
      <div class="option-choices">
        {field.choices.map((choice) => (
          <label class="option-tick" key={choice}>
            <input
              type="checkbox"
              checked={ticked.includes(choice)}
              disabled={field.fixed}
              onChange={(event) =>
                onDraft(
                  field.choices.filter((one) => (one === choice ? event.currentTarget.checked : ticked.includes(one))),
                )
              }
            />
            <span>{choice}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
