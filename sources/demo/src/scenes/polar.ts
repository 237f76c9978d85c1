import type { Scene } from "./scene.ts";

export const polar: Scene = { horizon: 236, draw() {} };
