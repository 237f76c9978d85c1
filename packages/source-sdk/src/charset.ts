import { TextDecoder } from "node:util";

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/iu;

/** Decodes a body by its Content-Type's charset; UTF-8 when it names none or one nobody knows. A byte order mark is dropped. */
export function decodeText(body: Uint8Array, contentType: string | undefined): string {
  return decoderFor(CHARSET.exec(contentType ?? "")?.[1]).decode(body);
}

function decoderFor(label: string | undefined): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    // Origins write names like "utf8mb4"; what they send is UTF-8 more often than not.
    return new TextDecoder();
  }
}
