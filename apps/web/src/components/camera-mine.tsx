import type { Camera } from "@argus/core";

import { useApp } from "./app-context.ts";
import { MenuButton } from "./menu-button.tsx";
import { MENUS_PART, MineMenu } from "./mine-menu.tsx";
import { NoteField } from "./note-field.tsx";
import { StarButton } from "./star.tsx";

/** What the user keeps of a camera: its star, its collections, the walls it hangs on, a note. */
export function CameraMine({ camera }: { camera: Camera }) {
  const { collections } = useApp().mine;
  const holding = collections.holding.value?.size ?? 0;
  return (
    <section class="mine" aria-label="Yours">
      <div class="mine-actions">
        <StarButton camera={camera} />
        <MenuButton
          id="camera-collections"
          label="Collections"
          icon="collection"
          badge={holding > 0 ? String(holding) : undefined}
          part={MENUS_PART}
          onOpen={() => collections.ready()}
        >
          {() => <MineMenu>{({ HoldingMenu }) => <HoldingMenu />}</MineMenu>}
        </MenuButton>
        <WallMenu camera={camera} />
      </div>
      <NoteField />
    </section>
  );
}

function WallMenu({ camera }: { camera: Camera }) {
  const { walls } = useApp().mine;
  return (
    <MenuButton id="camera-walls" label="Add to wall" icon="wall" part={MENUS_PART} onOpen={() => walls.load()}>
      {(close) => <MineMenu>{({ HangMenu }) => <HangMenu camera={camera} onDone={close} />}</MineMenu>}
    </MenuButton>
  );
}
