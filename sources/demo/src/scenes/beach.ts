import type { Scene } from "./scene.ts";

export const beach: Scene = { horizon: 236, draw() {} };
