import { showValue } from "@argus/core/contract";
import { decodeXML } from "entities/decode";
import { type X2jOptions, XMLParser } from "fast-xml-parser";

import { formatChanged } from "./errors.ts";

const MAX_DEPTH = 100;
const ROOT =
  /^(?<prolog>(?:\s|<\?[^<>]*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>)*)<(?<name>[^\s/<>!?]+)/isu;
const TRAILING = /(?:\s|<!--[^<>]*-->)+$/u;
const END_TAG = /<\/([^\s<>]+)\s*>$/u;
const EMPTY_ELEMENT = /^<[^<>]*\/>$/u;
const MAX_END = 1000;
/** A root element that holds nothing is short. */
const MAX_EMPTY = 5000;

const OPTIONS: X2jOptions = {
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  maxNestedTags: MAX_DEPTH,
  processEntities: true,
  // The five of XML and numbers; what a document defines itself is never expanded.
  entityDecoder: {
    decode: (text) => decodeXML(text),
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    reset: () => undefined,
    setXmlVersion: () => undefined,
  },
};

/**
 * Reads XML: an element becomes an object of its children, or text when it has neither children nor attributes; children
 * of one name a list when there are several, or when `arrays` names them; the attribute `id` becomes `@id`, and text
 * beside attributes `#text`. Prefixes of namespaces are dropped. Everything stays text.
 * @throws ArgusError ARGUS_SOURCE_FORMAT_CHANGED for what is no XML, was cut short, or is nested too deep.
 */
export function parseXml(text: string, what: string, arrays: readonly string[] = []): unknown {
  checkWhole(text, what);
  const names = new Set(arrays);
  const parser = new XMLParser({
    ...OPTIONS,
    isArray: (name, path, _isLeaf, isAttribute) =>
      !isAttribute && (names.has(name) || (typeof path === "string" && names.has(path))),
  });
  try {
    const value: unknown = parser.parse(text);
    return value;
  } catch (error) {
    throw formatChanged(what, `no XML that can be read: ${error instanceof Error ? error.message.slice(0, 200) : "?"}`);
  }
}

/** The parser takes what was cut short for the whole. */
function checkWhole(text: string, what: string): void {
  const { name, prolog } = ROOT.exec(text)?.groups ?? {};
  if (name === undefined) throw formatChanged(what, `no XML, it begins with ${showValue(text)}`);
  const end = text.slice(-MAX_END).replace(TRAILING, "");
  if (END_TAG.exec(end)?.[1] === name) return;
  const root = text.slice(prolog?.length ?? 0);
  if (root.length <= MAX_EMPTY && EMPTY_ELEMENT.test(root.replace(TRAILING, ""))) return;
  throw formatChanged(what, `XML that was cut short: it ends without </${name.slice(0, 100)}>`);
}
