import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT: string = fileURLToPath(new URL("..", import.meta.url));

/** What keeps every tool that this repository runs from phoning home and from asking for newer versions of itself. */
const QUIET = {
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  NO_UPDATE_NOTIFIER: "1",
  npm_config_update_notifier: "false",
};

/** The environment for a child process of the repository's own scripts: quiet, and with the repository's tools in PATH. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const path = [join(ROOT, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  return { ...process.env, ...QUIET, PATH: path };
}
