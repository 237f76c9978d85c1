export { type InstalledPackage, readInstalled } from "./installed-packages.ts";
export { type Change, type InstallerOptions, SourceInstaller } from "./installer.ts";
export type { InstallLimits } from "./limits.ts";
export type { Environment } from "./npm.ts";
export { ownPackages } from "./own-packages.ts";
export type { SourceOrigin } from "./project.ts";
export type { CheckedPackage } from "./requirements.ts";
