import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { MenuButton } from "./menu-button.tsx";
import { NameForm } from "./name-form.tsx";
import { Notice } from "./notice.tsx";

/** The saved walls, and a new one. */
export function WallsMenu() {
  const { walls } = useApp().mine;
  const { list, problem } = walls;
  return (
    <MenuButton
      id="walls-menu"
      label="Walls"
      icon="wall"
      menuClass="menu-right"
      title="Saved grids of cameras"
      onOpen={() => walls.load()}
    >
      {(close) => {
        const open = (id: string): void => {
          close();
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
      }}
    </MenuButton>
  );
}
