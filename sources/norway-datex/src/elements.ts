/**
 * The elements of this name below a node, in the order they come, at any depth; none inside another of them. Profiles
 * of DATEX II nest one and the same element differently.
 */
export function elementsIn(node: unknown, name: string): unknown[] {
  if (Array.isArray(node)) return node.flatMap((inner) => elementsIn(inner, name));
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]: [string, unknown]) => {
    if (key !== name) return elementsIn(inner, name);
    return Array.isArray(inner) ? (inner as unknown[]) : [inner];
  });
}

/** The first element reached by these names, each somewhere below the one before; undefined when there is none. */
export function elementAt(node: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((at, name) => elementsIn(at, name)[0], node);
}

/** An element's text, beside attributes too, or that of the `value` below it; null when it has none. */
export function textOf(element: unknown): string | null {
  if (typeof element === "string") return element.trim() || null;
  const [value] = elementsIn(element, "#text");
  return typeof value === "string" ? value.trim() || null : plainValueOf(element);
}

function plainValueOf(element: unknown): string | null {
  const value = elementAt(element, "value");
  return typeof value === "string" ? value.trim() || null : null;
}
