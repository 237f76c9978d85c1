import { useApp } from "../components/app-context.ts";
import { Notice } from "../components/notice.tsx";
import { NameForm } from "./name-form.tsx";

/** The collections, ticked where they hold the camera. */
export function HoldingMenu() {
  const { collections } = useApp().mine;
  const { list, holding, problem } = collections;
  return (
    <fieldset class="menu-group">
      <legend class="visually-hidden">Collections that hold this camera</legend>
      {problem.value !== null && <Notice problem={problem.value} />}
      {list.value === null && problem.value === null && <p class="menu-note">Loading…</p>}
      {list.value?.length === 0 && <p class="menu-note">No collections yet.</p>}
      {list.value?.map(({ id, name }) => (
        <label key={id} class="menu-item check">
          <input
            type="checkbox"
            checked={holding.value?.has(id) === true}
            disabled={holding.value === null}
            onChange={() => void collections.toggle(id)}
          />
          <span class="check-text">{name}</span>
        </label>
      ))}
      <NameForm label="New collection" button="Create and add" onName={(name) => collections.create(name, true)} />
    </fieldset>
  );
}
