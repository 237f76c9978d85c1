const MIB = 1024 * 1024;
const SECOND = 1000;

/** What bounds the installing of a source. */
export type InstallLimits = {
  /** Bytes of a package's tarball. */
  packedBytes: number;
  /** Bytes of what is in it. */
  unpackedBytes: number;
  /** Files in it. */
  files: number;
  /** Bytes of all installed sources with everything they depend on, and what npm needs meanwhile. */
  folderBytes: number;
  /** Milliseconds one call of npm may take. */
  npmMs: number;
  /** Milliseconds to wait for another command to end; more than a lock outlives a crash. */
  waitMs: number;
};

export const DEFAULT_INSTALL_LIMITS: InstallLimits = {
  packedBytes: 64 * MIB,
  unpackedBytes: 256 * MIB,
  files: 20_000,
  folderBytes: 2048 * MIB,
  npmMs: 600 * SECOND,
  waitMs: 20 * SECOND,
};
