import { useApp } from "../components/app-context.ts";
import { Notice } from "../components/notice.tsx";
import { counted } from "../format.ts";
import { NameForm } from "./name-form.tsx";

/** The saved walls to open, and the name of a new one; `onDone` closes the menu. */
export function WallsList({ onDone }: { onDone: () => void }) {
  const { walls } = useApp().mine;
  const { list, problem } = walls;
  const open = (id: string): void => {
    onDone();
    walls.open.value = id;
  };
  return (
    <>
      {problem.value !== null && <Notice problem={problem.value} />}
      {list.value === null && problem.value === null && <p class="menu-note">Loading…</p>}
      {list.value?.length === 0 && <p class="menu-note">No walls yet. A wall shows its cameras side by side.</p>}
      {list.value?.map(({ id, name, cells }) => (
        <button key={id} type="button" class="menu-item" onClick={() => open(id)}>
          <span class="check-text">{name}</span>
          <span class="menu-hint num">{counted(cells.filter((cell) => cell !== null).length, "camera")}</span>
        </button>
      ))}
      <NameForm
        label="New wall"
        button="Create"
        onName={async (name) => {
          const wall = await walls.create(name);
          if (wall !== null) open(wall.id);
          return wall !== null;
        }}
      />
    </>
  );
}
