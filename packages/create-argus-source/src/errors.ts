import { ArgusError } from "@argus/core";

/** A command line that is not understood. */
export function usageInvalid(problem: string): ArgusError {
  return new ArgusError("ARGUS_USAGE_INVALID", `${problem}; see --help`);
}

/** An id, name, address or shape that no source can have. */
export function requestInvalid(problem: string): ArgusError {
  return new ArgusError("ARGUS_CREATE_INVALID", problem);
}

/** A folder that holds something already: nothing is ever overwritten. */
export function folderNotEmpty(folder: string, found: string): ArgusError {
  return new ArgusError(
    "ARGUS_CREATE_FOLDER_NOT_EMPTY",
    `${folder} is not empty, it holds ${found}; name another folder with --into, or empty this one`,
  );
}

/** A folder that cannot be made or written. */
export function folderUnusable(folder: string, cause: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_CREATE_FOLDER_UNUSABLE",
    `${folder} cannot be written; name another folder with --into`,
    {
      cause,
    },
  );
}

/** A template that does not fit the code that fills it. */
export function templateInvalid(problem: string): ArgusError {
  return new ArgusError("ARGUS_CREATE_TEMPLATE_INVALID", `a template of create-argus-source ${problem}`);
}
