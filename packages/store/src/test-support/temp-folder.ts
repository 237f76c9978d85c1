import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder for a test's files; disposing of it removes them. */
export class TempFolder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), "argus-store-"));
  #files = 0;

  /** A path nothing is at. */
  file(name = "registry.db"): string {
    this.#files += 1;
    return join(this.path, `${this.#files}-${name}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
