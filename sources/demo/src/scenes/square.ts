import type { Scene } from "./scene.ts";

export const square: Scene = { horizon: 236, draw() {} };
