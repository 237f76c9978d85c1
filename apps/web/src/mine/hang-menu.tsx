import type { Camera, Wall } from "@argus/core";

import { useApp } from "../components/app-context.ts";
import { Icon } from "../components/icons.tsx";
import { Notice } from "../components/notice.tsx";
import { counted } from "../format.ts";
import { NameForm } from "./name-form.tsx";

/** The walls the camera can be hung on. */
export function HangMenu({ camera, onDone }: { camera: Camera; onDone: () => void }) {
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
