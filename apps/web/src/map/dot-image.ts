// Twice the size it is shown at, for sharp screens.
const DOT_SIZE = 8;

/** Nothing to see, but as wide as names are to keep away. */
export function emptyImage(size: number): { width: number; height: number; data: Uint8Array } {
  return { width: size, height: size, data: new Uint8Array(size * size * 4) };
}

/** A filled circle as raw pixels; an `<img>` would need a request. */
export function dotImage(color: string): { width: number; height: number; data: Uint8Array } {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const data = new Uint8Array(DOT_SIZE * DOT_SIZE * 4);
  const middle = (DOT_SIZE - 1) / 2;
  for (let at = 0; at < DOT_SIZE * DOT_SIZE; at += 1) {
    const distance = Math.hypot((at % DOT_SIZE) - middle, Math.floor(at / DOT_SIZE) - middle);
    data.set([red ?? 0, green ?? 0, blue ?? 0, 255 * Math.min(1, Math.max(0, middle + 0.5 - distance))], at * 4);
  }
  return { width: DOT_SIZE, height: DOT_SIZE, data };
}
