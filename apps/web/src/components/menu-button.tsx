import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

import { Icon, type IconName } from "./icons.tsx";
import { type LazyPart, loadsSoon } from "./lazy-part.ts";
import { useDismiss } from "./use-dismiss.ts";

export type MenuButtonProps = {
  /** Of the menu; the button says that it opens it. */
  id: string;
  label: string;
  icon: IconName;
  /** Shown beside the label, as a number of chosen things. */
  badge?: string | undefined;
  buttonClass?: string;
  menuClass?: string;
  title?: string;
  /** What the menu is made of, where that is loaded only when it is wanted. */
  part?: LazyPart<unknown>;
  onOpen?: () => void;
  /** What the menu holds; `close` also brings the keyboard back to the button. */
  children: (close: () => void) => ComponentChildren;
};

/** A button with a menu below it, which Escape, a press elsewhere and a second press close. */
export function MenuButton(props: MenuButtonProps) {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = `${props.id}-button`;
  const close = (): void => {
    document.getElementById(button)?.focus();
    open.value = false;
  };
  const toggle = (): void => {
    open.value = !open.value;
    if (open.value) props.onOpen?.();
  };
  useDismiss(box, open.value, () => (open.value = false));
  return (
    <div class="menu-anchor" ref={box}>
      <button
        id={button}
        type="button"
        class={`button ${props.buttonClass ?? ""}`}
        aria-expanded={open.value}
        aria-controls={props.id}
        title={props.title}
        {...(props.part === undefined ? {} : loadsSoon(props.part))}
        onClick={toggle}
      >
        <Icon name={props.icon} />
        <span class="button-label">{props.label}</span>
        {props.badge !== undefined && <span class="facet-chosen">{props.badge}</span>}
        <Icon name="down" />
      </button>
      {open.value && (
        <div class={`menu ${props.menuClass ?? ""}`} id={props.id}>
          {props.children(close)}
        </div>
      )}
    </div>
  );
}
