// All that is loaded when the dialogs of the sources are first wanted.
export { BootBody } from "./boot-body.tsx";
export { leaveSource } from "./source-models.ts";
export { SourcesBody } from "./sources-body.tsx";
