const COLUMNS = 5;
const ROWS = 7;
const ADVANCE = COLUMNS + 1;
const DIGIT_BASE = 32;

// A glyph is its seven rows from the top, one base-32 digit each, whose five bits are the pixels from the left.
const GLYPHS: Readonly<Record<string, string>> = {
  "0": "ehjlphe",
  "1": "4c4444e",
  "2": "eh1248v",
  "3": "v2421he",
  "4": "26aiv22",
  "5": "vgu11he",
  "6": "68guhhe",
  "7": "v124888",
  "8": "ehhehhe",
  "9": "ehhf12c",
  A: "ehhvhhh",
  B: "uhhuhhu",
  C: "ehggghe",
  D: "sihhhis",
  E: "vgguggv",
  F: "vgguggg",
  G: "ehgnhhf",
  H: "hhhvhhh",
  I: "e44444e",
  J: "72222ic",
  K: "hikokih",
  L: "ggggggv",
  M: "hrllhhh",
  N: "hhpljhh",
  O: "ehhhhhe",
  P: "uhhuggg",
  Q: "ehhhlid",
  R: "uhhukih",
  S: "fgge11u",
  T: "v444444",
  U: "hhhhhhe",
  V: "hhhhha4",
  W: "hhhllla",
  X: "hha4ahh",
  Y: "hhha444",
  Z: "v1248gv",
  " ": "0000000",
  ":": "0cc0cc0",
  "-": "000v000",
  ".": "00000cc",
  ",": "0000c48",
  "/": "01248g0",
  "°": "ciic000",
  "+": "044v440",
  "'": "c480000",
  "(": "2488842",
  ")": "8422248",
  "&": "cik8lid",
  "?": "eh12404",
};
const UNKNOWN = "eh12404";

// Letters that Unicode decomposition leaves whole.
const TRANSLITERATED: Readonly<Record<string, string>> = {
  Æ: "AE",
  Œ: "OE",
  Ø: "O",
  Ð: "D",
  Þ: "TH",
  ẞ: "SS",
  Ł: "L",
  Đ: "D",
  Ħ: "H",
  İ: "I",
  "–": "-",
  "—": "-",
  "’": "'",
};

/** The text as the font can show it: capitals without diacritics. */
export function transliterate(text: string): string {
  const capitals = text.toUpperCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
  return [...capitals].map((letter) => TRANSLITERATED[letter] ?? letter).join("");
}

/** Whether the font has a glyph for every character of the transliterated text. */
export function isDrawable(text: string): boolean {
  return [...transliterate(text)].every((letter) => letter in GLYPHS);
}

/** The text's width in picture units; `pixel` is the side of one font pixel. */
export function textWidth(text: string, pixel: number): number {
  return Math.max(0, transliterate(text).length * ADVANCE - 1) * pixel;
}

/**
 * The text as SVG path data in an own 5 × 7 pixel font, top left at (x, y); no font of the machine is needed.
 * Characters without a glyph become question marks. `grow` widens every stroke to all sides, for an outline.
 */
export function textPath(text: string, x: number, y: number, pixel: number, grow = 0): string {
  return [...transliterate(text)]
    .map((letter, index) => glyphPath(GLYPHS[letter] ?? UNKNOWN, { x: x + index * ADVANCE * pixel, y, pixel, grow }))
    .join("");
}

type Place = { x: number; y: number; pixel: number; grow: number };

function glyphPath(glyph: string, at: Place): string {
  let path = "";
  for (let row = 0; row < ROWS; row += 1) {
    const bits = Number.parseInt(glyph.charAt(row), DIGIT_BASE);
    path += rowPath(bits, { ...at, y: at.y + row * at.pixel });
  }
  return path;
}

// Neighbouring pixels become one rectangle: fewer edges to draw, and no seams between them.
function rowPath(bits: number, { x, y, pixel, grow }: Place): string {
  let path = "";
  for (let column = 0; column < COLUMNS; column += 1) {
    if (!isSet(bits, column)) continue;
    const from = column;
    while (isSet(bits, column + 1)) column += 1;
    const width = (column + 1 - from) * pixel + grow * 2;
    path += `M${x + from * pixel - grow} ${y - grow}h${width}v${pixel + grow * 2}h-${width}z`;
  }
  return path;
}

function isSet(bits: number, column: number): boolean {
  return column < COLUMNS && ((bits >> (COLUMNS - 1 - column)) & 1) === 1;
}
