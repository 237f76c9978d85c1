import { type Signal, signal } from "@preact/signals";

/** Which elements are on the screen, by the ids they were watched under. */
export class InSight {
  readonly ids: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #names = new WeakMap<Element, string>();
  readonly #observer = new IntersectionObserver((entries) => {
    const next = new Set(this.ids.peek());
    for (const { target, isIntersecting } of entries) {
      const id = this.#names.get(target);
      if (id === undefined) continue;
      if (isIntersecting) next.add(id);
      else next.delete(id);
    }
    this.ids.value = next;
  });

  /** The answer ends it. */
  watch(element: Element, id: string): () => void {
    this.#names.set(element, id);
    this.#observer.observe(element);
    return () => {
      this.#observer.unobserve(element);
      const next = new Set(this.ids.peek());
      if (next.delete(id)) this.ids.value = next;
    };
  }

  dispose(): void {
    this.#observer.disconnect();
  }
}
