import { resolve } from "node:path";

import type { Layout } from "./layout.ts";
import { planSource, type SourcePlan, type SourceRequest } from "./request.ts";
import { sourceFiles } from "./source-files.ts";
import { writeFolder } from "./write-folder.ts";

export type CreateSourceOptions = SourceRequest & {
  /** The folder to write; made when it is not there, refused when it is not empty. */
  folder: string;
  /** Default: `package`. */
  layout?: Layout;
};

/** What was written, and where. */
export type CreatedSource = { folder: string; files: string[]; plan: SourcePlan };

/**
 * Writes a source that passes the contract test as it is. Needs no network, and overwrites nothing.
 * @throws ArgusError ARGUS_CREATE_INVALID for an id, name, address or shape that cannot be used;
 * ARGUS_CREATE_FOLDER_NOT_EMPTY and ARGUS_CREATE_FOLDER_UNUSABLE for the folder. Nothing is left behind then.
 */
export async function createSource({
  folder,
  layout = "package",
  ...request
}: CreateSourceOptions): Promise<CreatedSource> {
  const plan = planSource(request);
  const files = await sourceFiles(plan, layout);
  const target = resolve(folder);
  await writeFolder(target, files);
  return { folder: target, files: [...files.keys()], plan };
}
