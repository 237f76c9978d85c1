import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A native modal dialog: it keeps the focus, and Escape closes it. */
export function Dialog({
  title,
  class: className,
  onClose,
  children,
}: {
  title: string;
  class: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = `${className}-title`;
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      class={`dialog ${className}`}
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => (event.preventDefault(), onClose())}
    >
      <h2 class="dialog-title" id={id}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
