export type { CameraInput } from "@argus/core";
export * from "./http.ts";
export * from "./source.ts";
