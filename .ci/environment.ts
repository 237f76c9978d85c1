/** What keeps every tool that this repository runs from phoning home and from asking for newer versions of itself. */
const QUIET = {
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  NO_UPDATE_NOTIFIER: "1",
  npm_config_update_notifier: "false",
};

/** The environment for a child process of the repository's own scripts. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...QUIET };
}
