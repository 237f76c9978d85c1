import { ArgusError } from "@argus/core";

/** What was asked for cannot be installed; nothing was changed. */
export function refused(what: string, problem: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_SOURCE_REFUSED", `${what} is not installed: ${problem}`, { cause });
}

/** More than any source needs. */
export function tooLarge(what: string, problem: string): ArgusError {
  return new ArgusError("ARGUS_SOURCE_TOO_LARGE", `${what} is not installed: ${problem}`);
}

/** A name, or an id, that no installed source has; `installed` are those there are, `own` those that come with the app. */
export function notInstalled(name: string, installed: readonly string[], own: readonly string[]): ArgusError {
  const others = installed.length === 0 ? "none is" : `there are ${installed.join(", ")}`;
  const problem =
    own.includes(name) || own.includes(`argus-source-${name}`)
      ? `${name} comes with Argus, and is updated and removed with it: it is read only when you choose it`
      : `no source ${name} was installed with argus sources install: ${others}`;
  return new ArgusError("ARGUS_SOURCE_NOT_INSTALLED", problem);
}

/** A file that npm, by what it `said`, finds no package in. */
export function tarballUnreadable(path: string, said: string): ArgusError {
  return refused(path, `it is damaged, or no package: download or pack it again; ${said}`);
}

/** Another command is at it. */
export function foldersBusy(folder: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCES_BUSY",
    `another argus sources command is changing ${folder}: wait until it has ended, and try again`,
    { retryable: true },
  );
}

/** The lock was lost while it was needed: the machine slept, or somebody deleted it. */
export function lockLost(folder: string, cause: unknown): ArgusError {
  return new ArgusError("ARGUS_SOURCES_BUSY", `lost the lock on ${folder}; nothing was changed: try again`, {
    cause,
    retryable: true,
  });
}

/** The folder's package.json is not what this program wrote. */
export function projectUnreadable(file: string, cause: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCES_UNREADABLE",
    `cannot read which sources are installed from ${file}: mend it, or move its folder away and install them again`,
    { cause },
  );
}

/** There is no npm to install with. */
export function npmMissing(): ArgusError {
  return new ArgusError(
    "ARGUS_NPM_MISSING",
    "npm is needed to install sources and was found neither beside Node nor on the PATH: install it (it comes with Node)",
  );
}

/** npm could not do it; `said` is what it had to say. */
export function npmFailed(said: string): ArgusError {
  return new ArgusError("ARGUS_NPM_FAILED", `npm could not do it, and nothing was changed: ${said}`, {
    retryable: true,
  });
}

/** npm did not come to an end. */
export function npmTooSlow(seconds: number): ArgusError {
  return new ArgusError(
    "ARGUS_NPM_FAILED",
    `npm was ended after ${seconds} s, and nothing was changed: look whether its registry can be reached (npm ping)`,
    { retryable: true },
  );
}
