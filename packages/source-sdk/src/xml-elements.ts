import { isRecord } from "./feature-row.ts";

/**
 * The elements of this name in what `http.xml` gave, in the order they come, at any depth; none inside another of them.
 * For formats like DATEX II, whose profiles nest one and the same element differently.
 */
export function elementsIn(node: unknown, name: string): unknown[] {
  if (Array.isArray(node)) return node.flatMap((inner) => elementsIn(inner, name));
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]: [string, unknown]) => {
    if (key !== name) return elementsIn(inner, name);
    return Array.isArray(inner) ? (inner as unknown[]) : [inner];
  });
}

/**
 * The element reached by these names, each somewhere below the one before: of several the nearest, and of those the first.
 * Undefined when there is none.
 */
export function elementAt(node: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(nearest, node);
}

/** An element's text, trimmed, also where it has attributes; null when it has none of its own. */
export function elementText(element: unknown): string | null {
  const text = typeof element === "object" && element !== null && "#text" in element ? element["#text"] : element;
  return typeof text === "string" ? text.trim() || null : null;
}

function nearest(node: unknown, name: string): unknown {
  for (let level = [node].flat(); level.length > 0; level = level.flatMap(childrenOf)) {
    const parent = level.find((one) => isRecord(one) && Object.hasOwn(one, name));
    if (isRecord(parent)) return [parent[name]].flat()[0];
  }
  return undefined;
}

function childrenOf(node: unknown): unknown[] {
  return isRecord(node) ? Object.values(node).flat() : [];
}
