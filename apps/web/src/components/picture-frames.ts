const WIDTH = 96;
const HEIGHT = 54;
const FNV_START = 2_166_136_261;
const FNV_PRIME = 16_777_619;

let sample: CanvasRenderingContext2D | null = null;

/** A number for what an image shows now, the same for the same picture (FNV-1a over a reduced copy); null before its first. */
export function printOf(image: HTMLImageElement): number | null {
  if (image.naturalWidth === 0) return null;
  sample ??= canvasOf(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
  if (sample === null) return null;
  sample.drawImage(image, 0, 0, WIDTH, HEIGHT);
  const pixels = new Uint32Array(sample.getImageData(0, 0, WIDTH, HEIGHT).data.buffer);
  let print = FNV_START;
  for (const pixel of pixels) print = Math.imul(print ^ pixel, FNV_PRIME);
  return print;
}

/** Keeps the frame an image shows. */
export function drawFrame(image: HTMLImageElement, canvas: HTMLCanvasElement): void {
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  if (image.naturalWidth > 0) canvas.getContext("2d")?.drawImage(image, 0, 0);
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
