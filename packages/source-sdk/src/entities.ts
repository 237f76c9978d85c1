import { createRequire } from "node:module";

import type * as decode from "entities/decode";

type Entities = typeof decode;

const require = createRequire(import.meta.url);
let loaded: Entities | null = null;

/** HTML's entities in a text as the characters they stand for. */
export function decodeHtml(text: string): string {
  return text.includes("&") ? entities().decodeHTML(text) : text;
}

/** The same in an attribute's value, where the `&copy` of `?a=1&copy=2` is none. */
export function decodeHtmlAttribute(text: string): string {
  return text.includes("&") ? entities().decodeHTMLAttribute(text) : text;
}

// Only when there is one: its tables take time and memory in every source's process, and few need them.
function entities(): Entities {
  loaded ??= require("entities/decode") as Entities;
  return loaded;
}
