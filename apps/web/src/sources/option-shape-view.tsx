import { optionId } from "./control-props.ts";
import type { Draft } from "./option-drafts.ts";
import type { OptionField } from "./option-fields.ts";
import { shapeOf, skeletonOf } from "./option-shape.ts";

/** What an option that is written as JSON is made of, and a beginning. */
export function OptionShape({
  field,
  empty,
  onDraft,
}: {
  field: OptionField;
  /** Nothing is written yet. */
  empty: boolean;
  onDraft: (draft: Draft) => void;
}) {
  const parts = shapeOf(field.schema);
  return (
    <div class="option-shape">
      {empty && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            onDraft(skeletonOf(field.schema));
            document.getElementById(optionId(field.name))?.focus();
          }}
        >
          Begin with an empty one
        </button>
      )}
      {parts.length > 0 && (
        <details>
          <summary>What goes in</summary>
          <dl>
            {parts.map(({ name, help, required }) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                  {required && " (required)"}
                </dt>
                <dd>{help}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
