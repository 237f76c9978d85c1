import { parse } from "csv-parse/sync";
import Builder from "fast-xml-builder";
import { type X2jOptions, XMLParser } from "fast-xml-parser";

export type Trimmed = { format: "json" | "xml" | "csv" | "other"; trimmed: string };

const INDENT = 2;
const XML_START = /^\s*<(?!!doctype\s+html|html)/iu;
const HTML_START = /^\s*<(?:!doctype\s+html|html)/iu;
const AS_IT_IS: X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  cdataPropName: "#cdata",
  processEntities: false,
  parseTagValue: false,
  trimValues: true,
};

/** The same document with no more than so many rows in any list of it, in UTF-8. What is of no known format stays whole. */
export function trimText(text: string, rows: number): Trimmed {
  const json = parseJson(text);
  if (json !== undefined) return { format: "json", trimmed: `${JSON.stringify(cutLists(json, rows), null, INDENT)}\n` };
  if (XML_START.test(text)) return { format: "xml", trimmed: trimXml(text, rows) };
  if (!HTML_START.test(text) && looksLikeCsv(text)) return { format: "csv", trimmed: trimCsv(text, rows) };
  return { format: "other", trimmed: text };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function cutLists(value: unknown, rows: number): unknown {
  // A short list of numbers is a coordinate and no list of rows.
  if (Array.isArray(value)) {
    const kept = value.some((item) => typeof item === "object") ? value.slice(0, rows) : value;
    return kept.map((item) => cutLists(item, rows));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutLists(inner, rows)]));
}

type XmlNode = Record<string, unknown>;

function trimXml(text: string, rows: number): string {
  const nodes = new XMLParser(AS_IT_IS).parse(text) as XmlNode[];
  const builder = new Builder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    cdataPropName: "#cdata",
    processEntities: false,
    format: true,
  });
  return `${builder.build(cutElements(nodes, rows)).trim()}\n`;
}

/** Of each name, the first few among one element's children. */
function cutElements(nodes: readonly XmlNode[], rows: number): XmlNode[] {
  const counts = new Map<string, number>();
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ":@") ?? "";
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > rows && !name.startsWith("#")) return [];
    const children = node[name];
    return [Array.isArray(children) ? { ...node, [name]: cutElements(children as XmlNode[], rows) } : node];
  });
}

function looksLikeCsv(text: string): boolean {
  const [first = "", second = ""] = text.split(/\r\n|\n|\r/u, 2);
  return [",", ";", "\t", "|"].some((delimiter) => {
    const columns = first.split(delimiter).length;
    return columns > 1 && second.split(delimiter).length > 1;
  });
}

/** The header and so many records; a record may hold line breaks. */
function trimCsv(text: string, rows: number): string {
  const records = parse(text, {
    delimiter: [",", ";", "\t", "|"],
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    to: rows + 1,
  }) as unknown as readonly { raw: string }[];
  return records.map(({ raw }) => raw.replace(/(?:\r\n|\n|\r)$/u, "")).join("\n") + "\n";
}
