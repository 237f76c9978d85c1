import { useEffect, useRef } from "preact/hooks";

import { type ControlProps, describedBy, optionId } from "./control-props.ts";

/** A secret: never shown, only set, replaced or removed. */
export function SecretControl(props: ControlProps) {
  const { field, draft, onDraft } = props;
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(draft);
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes to what has taken its place.
    const replaced = typeof draft === "string" && typeof before.current !== "string";
    const undone = draft === undefined && before.current !== undefined && document.activeElement === document.body;
    before.current = draft;
    if (replaced || undone || draft === null) box.current?.querySelector<HTMLElement>("input, button")?.focus();
  }, [typeof draft, draft === null]);
  if (field.fixed) return <p class="option-secret">{field.isSet ? "Set" : "Not set"}</p>;
  return (
    <div class="option-secret" ref={box}>
      {draft === null && (
        <>
          <span>Is removed when you save.</span>
          <button type="button" class="button" onClick={() => onDraft(undefined)}>
            Keep it
          </button>
        </>
      )}
      {draft === undefined && field.isSet && (
        <>
          <span class="option-set">Set</span>
          <button type="button" class="button" aria-label={`Replace ${field.label}`} onClick={() => onDraft("")}>
            Replace
          </button>
          <button type="button" class="button" aria-label={`Remove ${field.label}`} onClick={() => onDraft(null)}>
            Remove
          </button>
        </>
      )}
      {draft !== null && (draft !== undefined || !field.isSet) && <SecretLine {...props} />}
    </div>
  );
}

function SecretLine(props: ControlProps) {
  const { field, draft, error, onDraft, onLeave } = props;
  return (
    <>
      <input
        id={optionId(field.name)}
        type="password"
        class="field option-field"
        // A browser that saves it would offer it as a login.
        autoComplete="new-password"
        spellcheck={false}
        maxLength={field.maxLength ?? undefined}
        placeholder={field.isSet ? "The new one" : "Not set"}
        aria-invalid={error !== null}
        aria-describedby={describedBy(props)}
        value={typeof draft === "string" ? draft : ""}
        onInput={({ currentTarget: { value } }) => onDraft(value === "" && !field.isSet ? undefined : value)}
        onBlur={onLeave}
      />
      {field.isSet && (
        <button type="button" class="button" onClick={() => onDraft(undefined)}>
          Keep the old one
        </button>
      )}
    </>
  );
}
