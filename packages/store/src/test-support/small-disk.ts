import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { platform, tmpdir, userInfo } from "node:os";
import { join } from "node:path";

const PAGE = 4096;

/** A file system of so many MiB; only where `canMount`. */
export class SmallDisk implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), "argus-disk-"));

  constructor(mebibytes: number) {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "argus-test", this.path]);
    } catch (error) {
      rmdirSync(this.path);
      throw error;
    }
  }

  makeReadOnly(): void {
    execFileSync("mount", ["-o", "remount,ro", this.path]);
  }

  /** Takes all the space that is left. */
  fill(): void {
    const file = openSync(join(this.path, "filling"), "a");
    try {
      for (;;) if (writeSync(file, Buffer.alloc(PAGE)) < PAGE) return;
    } catch {
      // Full.
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(join(this.path, "filling"));
  }

  [Symbol.dispose](): void {
    execFileSync("umount", ["-l", this.path]);
    rmdirSync(this.path);
  }
}

export const canMount: boolean = platform() === "linux" && userInfo().uid === 0 && mounts();
if (!canMount) console.warn("skipped: full disks and read-only file systems, which need root on Linux to be mounted");

function mounts(): boolean {
  try {
    using disk = new SmallDisk(1);
    return disk.path !== "";
  } catch {
    return false;
  }
}
