import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** As core's names allow. */
const MAX_NAME = 120;

export type NameFormProps = {
  label: string;
  button: string;
  value?: string;
  /** Whether the keyboard goes here at once. */
  focus?: boolean;
  /** Whether the name was taken. */
  onName: (name: string) => Promise<boolean>;
  onCancel?: () => void;
};

/** One line to name something with; it stays as it was written when the name is not taken. */
export function NameForm({ label, button, value = "", focus = false, onName, onCancel }: NameFormProps) {
  const name = useSignal(value);
  const busy = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.select();
  }, []);
  const submit = async (): Promise<void> => {
    const wanted = name.value.trim();
    if (wanted === "" || busy.value) return input.current?.focus();
    busy.value = true;
    try {
      if (await onName(wanted)) name.value = value;
    } finally {
      busy.value = false;
    }
  };
  return (
    <form class="name-form" onSubmit={(event) => (event.preventDefault(), void submit())}>
      <input
        ref={input}
        type="text"
        class="field"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        maxLength={MAX_NAME}
        value={name.value}
        onInput={(event) => (name.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || onCancel === undefined) return;
          // The menu around it stays open.
          event.stopPropagation();
          onCancel();
        }}
      />
      <button type="submit" class="button" aria-disabled={busy.value || name.value.trim() === ""}>
        {button}
      </button>
      {onCancel !== undefined && (
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      )}
    </form>
  );
}
