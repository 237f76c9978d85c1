import { type Colour, hex } from "./colour.ts";

export const WIDTH = 640;
export const HEIGHT = 360;

/** A colour, or a reference to a gradient of the same drawing. */
export type Paint = Colour | string;
/** A gradient's stop: place 0 to 1, colour, and opacity (1 when left out). */
export type Stop = readonly [at: number, colour: Colour, opacity?: number];

/** A number as SVG wants it: one decimal is enough at this size, and keeps a frame small. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** An axis-parallel rectangle as path data, so that a thousand windows are one element. */
export function box(x: number, y: number, width: number, height: number): string {
  return `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}z`;
}

/** An ellipse as path data. */
export function oval(x: number, y: number, rx: number, ry: number): string {
  const radii = `${n(rx)} ${n(ry)}`;
  return `M${n(x - rx)} ${n(y)}a${radii} 0 1 0 ${n(rx * 2)} 0a${radii} 0 1 0 ${n(-rx * 2)} 0z`;
}

/** A circle as path data. */
export function disc(x: number, y: number, radius: number): string {
  return oval(x, y, radius, radius);
}

/** Points as path data. */
export function polygon(points: readonly (readonly [number, number])[], close = true): string {
  const body = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${n(x)} ${n(y)}`).join("");
  return close && body !== "" ? `${body}z` : body;
}

/** One picture being composed as SVG, back to front. It holds no text elements and refers to nothing outside itself. */
export class Drawing {
  readonly #definitions = new Map<string, string>();
  readonly #body: string[] = [];

  add(svg: string): void {
    this.#body.push(svg);
  }

  define(id: string, svg: string): void {
    this.#definitions.set(id, svg);
  }

  path(d: string, fill: Paint, opacity = 1): void {
    if (d !== "" && opacity > 0.004)
      this.#body.push(`<path d="${d}" fill="${paint(fill)}"${opacityOf("fill", opacity)}/>`);
  }

  /** Upright rectangles on whole pixels, or too small for their edges to matter: without the cost of smooth edges. */
  crisp(d: string, fill: Paint, opacity = 1): void {
    if (d === "" || opacity <= 0.004) return;
    this.#body.push(`<path shape-rendering="crispEdges" d="${d}" fill="${paint(fill)}"${opacityOf("fill", opacity)}/>`);
  }

  stroke(d: string, colour: Paint, width: number, opacity = 1): void {
    if (d === "" || opacity <= 0.004) return;
    this.#body.push(
      `<path d="${d}" fill="none" stroke="${paint(colour)}" stroke-width="${width.toFixed(2)}" stroke-linecap="round" stroke-linejoin="round"${opacityOf("stroke", opacity)}/>`,
    );
  }

  /** A soft light: full in the middle, nothing at the rim. A pair of radii makes it oval. */
  glow(x: number, y: number, radius: number | readonly [number, number], colour: Colour, opacity: number): void {
    const c = hex(colour);
    const id = `g${c.slice(1)}`;
    this.define(
      id,
      `<radialGradient id="${id}"><stop stop-color="${c}"/><stop offset=".25" stop-color="${c}" stop-opacity=".5"/><stop offset=".55" stop-color="${c}" stop-opacity=".14"/><stop offset="1" stop-color="${c}" stop-opacity="0"/></radialGradient>`,
    );
    const [rx, ry] = typeof radius === "number" ? [radius, radius] : radius;
    this.path(oval(x, y, rx, ry), `url(#${id})`, opacity);
  }

  /** A gradient from top to bottom of what it fills, or from left to right. */
  gradient(stops: readonly Stop[], direction: "down" | "right" = "down"): string {
    const inner = stops.map(([at, colour, opacity]) => stopElement(at, colour, opacity ?? 1)).join("");
    const id = `l${this.#definitions.size}`;
    const axis = direction === "down" ? `x2="0" y2="1"` : `x2="1" y2="0"`;
    this.define(id, `<linearGradient id="${id}" ${axis}>${inner}</linearGradient>`);
    return `url(#${id})`;
  }

  toString(): string {
    const definitions = [...this.#definitions.values()].join("");
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${definitions}</defs>${this.#body.join("")}</svg>`;
  }
}

function paint(value: Paint): string {
  return typeof value === "string" ? value : hex(value);
}

function opacityOf(what: "fill" | "stroke", opacity: number): string {
  return opacity >= 1 ? "" : ` ${what}-opacity="${opacity.toFixed(3)}"`;
}

function stopElement(at: number, colour: Colour, opacity: number): string {
  const transparency = opacity >= 1 ? "" : ` stop-opacity="${opacity.toFixed(3)}"`;
  return `<stop offset="${at.toFixed(3)}" stop-color="${hex(colour)}"${transparency}/>`;
}
