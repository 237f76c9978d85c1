// Marker codes of ITU-T T.81 (JPEG), table B.1: each stands behind a byte 0xFF.
export const MARK = 0xff;
export const STUFFED = 0x00;
export const TEM = 0x01;
const SOF0 = 0xc0;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const SOF15 = 0xcf;
const RST0 = 0xd0;
const RST7 = 0xd7;
export const SOI = 0xd8;
export const EOI = 0xd9;
export const SOS = 0xda;

export const MARKER_LENGTH = 2;
/** A segment's length, itself included, follows its marker in two bytes. */
export const LENGTH_FIELD = 2;

// A scan header's length follows from its number of components, of which there are one to four (B.2.3).
const MAX_COMPONENTS = 4;
const SOS_LENGTH = 6;
const SOS_LENGTH_PER_COMPONENT = 2;

export function isScanHeader(length: number, components: number): boolean {
  const possible = components >= 1 && components <= MAX_COMPONENTS;
  return possible && length === SOS_LENGTH + SOS_LENGTH_PER_COMPONENT * components;
}

/** Whether a segment with a length may follow: neither reserved (0x02 to 0xBF) nor a restart marker. */
export function isSegment(code: number): boolean {
  return code >= SOF0 && !isRestart(code);
}

export function isFrameHeader(code: number): boolean {
  return code >= SOF0 && code <= SOF15 && code !== DHT && code !== JPG && code !== DAC;
}

export function isRestart(code: number): boolean {
  return code >= RST0 && code <= RST7;
}
