import type { Drawing } from "../drawing.ts";
import type { Shot } from "../shot.ts";

/** A kind of picture. The sky has been drawn down to `horizon` when `draw` adds what stands before it. */
export type Scene = { horizon: number; draw(drawing: Drawing, shot: Shot): void };
