import type { ComponentChildren } from "preact";

import { LazyPart, useLazy } from "./lazy-part.ts";
import { Notice } from "./notice.tsx";

const load = () => import("../mine/menus.ts");

/** The menus of collections and walls. */
export const MENUS_PART = new LazyPart(load);

export type MineMenuProps = { children: (menus: Awaited<ReturnType<typeof load>>) => ComponentChildren };

/** One of them, as soon as it is loaded. */
export function MineMenu({ children }: MineMenuProps) {
  const { module, problem } = useLazy(MENUS_PART);
  if (module !== null) return <>{children(module)}</>;
  return problem === null ? <p class="menu-note">Loading…</p> : <Notice problem={problem} />;
}
