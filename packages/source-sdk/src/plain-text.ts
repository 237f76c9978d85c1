import { decodeHtml } from "./entities.ts";

const MAX_LENGTH = 100_000;
const UNSHOWN = /<(?:!--|(?<name>script|style|template)\b)/giu;
// A name must follow, so that "5 < 6" stays; and no other bracket, so that it takes no longer than the text.
const TAG = /<\/?[a-z!?][^<>]*>/giu;
const SPACE = /\s+/gu;

/** What a piece of HTML shows, in one line: no tags, entities decoded. Null when nothing is left. */
export function plainText(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  const shown = withoutUnshown(html.slice(0, MAX_LENGTH)).replaceAll(TAG, " ");
  const text = decodeHtml(shown).replaceAll(SPACE, " ").trim();
  return text === "" ? null : text;
}

/** Without comments and scripts; one that never ends takes the rest with it, as in a browser. */
function withoutUnshown(html: string): string {
  const lower = html.toLowerCase();
  let shown = "";
  let at = 0;
  for (const match of html.matchAll(UNSHOWN)) {
    if (match.index < at) continue;
    shown += `${html.slice(at, match.index)} `;
    const name = match.groups?.["name"];
    const end = lower.indexOf(name === undefined ? "-->" : `</${name.toLowerCase()}`, match.index);
    if (end < 0) return shown;
    at = name === undefined ? end + "-->".length : end;
  }
  return shown + html.slice(at);
}
