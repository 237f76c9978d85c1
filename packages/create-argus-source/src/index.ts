export { createSource, type CreatedSource, type CreateSourceOptions } from "./create-source.ts";
export type { Layout } from "./layout.ts";
export type { SourcePlan, SourceRequest } from "./request.ts";
export { runCommand, type Surroundings } from "./run-command.ts";
export { type Shape, SHAPES } from "./shape.ts";
