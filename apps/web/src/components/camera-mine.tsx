import type { Camera, Wall } from "@argus/core";

import { counted } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { MenuButton } from "./menu-button.tsx";
import { NameForm } from "./name-form.tsx";
import { NoteField } from "./note-field.tsx";
import { Notice } from "./notice.tsx";
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
          onOpen={() => collections.ready()}
        >
          {() => <HoldingMenu />}
        </MenuButton>
        <WallMenu camera={camera} />
      </div>
      <NoteField />
    </section>
  );
}

/** The collections, ticked where they hold the camera. */
function HoldingMenu() {
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

function WallMenu({ camera }: { camera: Camera }) {
  const { walls } = useApp().mine;
  return (
    <MenuButton id="camera-walls" label="Add to wall" icon="wall" onOpen={() => walls.load()}>
      {(close) => <HangMenu camera={camera} onDone={close} />}
    </MenuButton>
  );
}

/** The walls the camera can be hung on. */
function HangMenu({ camera, onDone }: { camera: Camera; onDone: () => void }) {
  const { messages, mine } = useApp();
  const { walls } = mine;
  const { list, problem } = walls;
  const done = ({ id, name }: Wall): void => {
    onDone();
    messages.tell(`Added to the wall “${name}”.`, { label: "Open", act: () => (walls.open.value = id) });
  };
  const hang = async (wall: Wall): Promise<void> => {
    if (await walls.add(wall, camera.id)) done(wall);
  };
  const create = async (name: string): Promise<boolean> => {
    const wall = await walls.create(name, [camera.id]);
    if (wall !== null) done(wall);
    return wall !== null;
  };
  return (
    <>
      {problem.value !== null && <Notice problem={problem.value} />}
      {list.value === null && problem.value === null && <p class="menu-note">Loading…</p>}
      {list.value?.length === 0 && <p class="menu-note">No walls yet: name one.</p>}
      {list.value?.map((wall) => (
        <WallItem key={wall.id} wall={wall} there={wall.cells.includes(camera.id)} onPress={() => void hang(wall)} />
      ))}
      <NameForm label="New wall" button="Create and add" onName={create} />
    </>
  );
}

function WallItem({ wall, there, onPress }: { wall: Wall; there: boolean; onPress: () => void }) {
  const cameras = wall.cells.filter((cell) => cell !== null).length;
  return (
    <button type="button" class="menu-item" aria-disabled={there} onClick={() => there || onPress()}>
      {there && <Icon name="check" />}
      <span class="check-text">{wall.name}</span>
      <span class="menu-hint num">{there ? "on it" : counted(cameras, "camera")}</span>
    </button>
  );
}
