import type { Scene } from "./scene.ts";

export const bridge: Scene = { horizon: 236, draw() {} };
