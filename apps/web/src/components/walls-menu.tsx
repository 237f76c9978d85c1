import { useApp } from "./app-context.ts";
import { MenuButton } from "./menu-button.tsx";
import { MENUS_PART, MineMenu } from "./mine-menu.tsx";

/** The saved walls, and a new one. */
export function WallsMenu() {
  const { walls } = useApp().mine;
  return (
    <MenuButton
      id="walls-menu"
      label="Walls"
      icon="wall"
      menuClass="menu-right"
      title="Saved grids of cameras"
      part={MENUS_PART}
      onOpen={() => walls.load()}
    >
      {(close) => <MineMenu>{({ WallsList }) => <WallsList onDone={close} />}</MineMenu>}
    </MenuButton>
  );
}
