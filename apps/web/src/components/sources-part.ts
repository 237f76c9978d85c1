import { LazyPart } from "./lazy-part.ts";

/** What the dialogs of the sources hold: their list, and all that is done to them. */
export const SOURCES_PART = new LazyPart(() => import("../sources/source-dialogs.ts"));
