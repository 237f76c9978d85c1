const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/iu;
/** `<?xml version="1.0" encoding="…"?>`, `<meta charset="…">` and its older form, within the first kilobyte. */
const DECLARED =
  /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?\scharset\s*=\s*["']?([\w.:-]+)|<meta[^>]{0,200}?;\s*charset=([\w.:-]+)/iu;
const DECLARED_WITHIN = 1024;
const MARKS: readonly (readonly [bytes: readonly number[], charset: string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
const BYTE_ORDER_MARKS = /^\uFEFF+/u;
const UTF16 = /^utf-?16/iu;

/**
 * Decodes a body: by its byte order mark (WHATWG Encoding, section "BOM sniff"), else as `charset`, else as its
 * Content-Type says, else as its own XML declaration or HTML meta element says, else as UTF-8. A name nobody knows counts
 * for none. Byte order marks are dropped, also two of them in a row.
 */
export function decodeText(body: Uint8Array, contentType: string | undefined, charset?: string): string {
  const decoder =
    decoderFor(markOf(body)) ??
    decoderFor(charset) ??
    decoderFor(CHARSET.exec(contentType ?? "")?.[1]) ??
    decoderFor(declaredIn(body)) ??
    new TextDecoder();
  return decoder.decode(body).replace(BYTE_ORDER_MARKS, "");
}

function markOf(body: Uint8Array): string | undefined {
  return MARKS.find(([bytes]) => bytes.every((byte, index) => body[index] === byte))?.[1];
}

function declaredIn(body: Uint8Array): string | undefined {
  const beginning = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, DECLARED_WITHIN));
  const [, ...names] = DECLARED.exec(beginning.toString("latin1")) ?? [];
  const name = names.find((one) => one !== undefined);
  // Whoever could read the declaration as single bytes is not reading UTF-16.
  return name === undefined || UTF16.test(name) ? undefined : name;
}

function decoderFor(label: string | undefined): InstanceType<typeof TextDecoder> | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label);
  } catch {
    // Origins write names like "utf8mb4"; what they send is UTF-8 more often than not.
    return null;
  }
}
