/** For `ref`: the keyboard goes to the element as soon as it is there. (`autofocus` does that in a dialog only.) */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
