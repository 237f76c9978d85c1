import type { Scene } from "./scene.ts";

export const highway: Scene = { horizon: 236, draw() {} };
