import { ArgusError } from "@argus/core";

/** A setting that stops the start: the message names the key or flag and the mend. */
export function configInvalid(message: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_CONFIG_INVALID", message, { cause });
}

/** A command line that says nothing we know. */
export function usageInvalid(message: string, cause?: unknown): ArgusError {
  return new ArgusError("ARGUS_USAGE_INVALID", message, { cause });
}

/** A command that was stopped before it was done. */
export function interrupted(signal: NodeJS.Signals): ArgusError {
  return new ArgusError("ARGUS_INTERRUPTED", `stopped by ${signal} before it was done; nothing was changed`);
}

export function portTaken(host: string, port: number, byArgus: boolean, cause: unknown): ArgusError {
  const who = byArgus ? "an Argus that is already running; open it" : "another program; stop that program";
  return new ArgusError(
    "ARGUS_SERVER_PORT_TAKEN",
    `port ${port} on ${host} is taken by ${who}, or choose another port with --port or ARGUS_PORT`,
    { cause },
  );
}

export function cannotListen(host: string, port: number, cause: unknown): ArgusError {
  return new ArgusError("ARGUS_SERVER_CANNOT_LISTEN", `cannot listen on ${host}, port ${port}`, { cause });
}

export function dataFolderUnusable(folder: string, cause: unknown): ArgusError {
  return new ArgusError(
    "ARGUS_DATA_DIR_UNUSABLE",
    `the data folder ${folder} cannot be made; name another with the setting data.dir or ARGUS_DATA_DIR`,
    { cause },
  );
}

/** A source with a notice that nobody has accepted yet. */
export function noticeNotAccepted(id: string, notice: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_NOTICE",
    `${id} has a notice to be read first; add --accept-notice when you accept it: ${notice}`,
  );
}
