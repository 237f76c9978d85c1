import { type ControlProps, optionId } from "./control-props.ts";
import { AreaInput, ChoiceInput, ChoicesInput, LineInput, OptionLabel, TickInput } from "./option-inputs.tsx";
import { OptionShape } from "./option-shape-view.tsx";
import { SecretControl } from "./secret-control.tsx";

/** One option: its name, what edits it, what it means, and what is wrong with what was written. */
export function OptionControl(props: ControlProps) {
  const { field, draft, error, onDraft } = props;
  const id = optionId(field.name);
  const isSet = draft === undefined ? field.value !== undefined : draft !== null && draft !== "";
  return (
    <div class="option" data-kind={field.kind}>
      {field.kind === "boolean" || field.kind === "choices" ? null : (
        <label class="option-label" htmlFor={id}>
          <OptionLabel field={field} />
        </label>
      )}
      <Editor {...props} />
      {(field.help !== "" || field.fixed) && (
        <p class="option-help" id={`${id}-help`}>
          {field.help}
          {field.fixed && <span class="option-fixed"> Set in argus.toml, and changed there.</span>}
        </p>
      )}
      {field.kind === "json" && !field.fixed && <OptionShape field={field} empty={!isSet} onDraft={onDraft} />}
      {error !== null && (
        <p class="option-error" id={`${id}-error`} role="alert">
          {field.label}: {error}
        </p>
      )}
      {isSet && !field.fixed && field.kind !== "secret" && field.fallback !== undefined && (
        <button
          type="button"
          class="link-button option-default"
          aria-label={`Use the default of ${field.label}`}
          onClick={() => {
            onDraft(field.value === undefined ? undefined : null);
            document.getElementById(id)?.focus();
          }}
        >
          Use the default
        </button>
      )}
    </div>
  );
}

function Editor(props: ControlProps) {
  switch (props.field.kind) {
    case "boolean":
      return <TickInput {...props} />;
    case "choice":
      return <ChoiceInput {...props} />;
    case "choices":
      return <ChoicesInput {...props} />;
    case "lines":
    case "json":
      return <AreaInput {...props} />;
    case "secret":
      return <SecretControl {...props} />;
    default:
      return <LineInput {...props} />;
  }
}
