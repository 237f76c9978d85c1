import type { Scene } from "./scene.ts";

export const harbour: Scene = { horizon: 236, draw() {} };
