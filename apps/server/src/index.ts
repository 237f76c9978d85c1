export { type Config, type ConfigFlags, loadConfig } from "./config.ts";
export type { Environment } from "./folders.ts";
export { createLog, type LogLevel } from "./log.ts";
export { type RunningServer, startServer, type StartOptions } from "./server.ts";
export { Settings } from "./settings.ts";
