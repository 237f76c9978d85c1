import BetterSqlite3 from "better-sqlite3";

/**
 * Tells whether anybody else has committed. A small connection of the main thread's own, so that asking takes
 * microseconds and no message; it sees the commits of this store as well, which are told to it.
 */
export class CommitWatch {
  readonly #database: BetterSqlite3.Database;
  readonly #version: BetterSqlite3.Statement<[], number>;
  #known: number;
  #missed = false;

  constructor(path: string) {
    this.#database = new BetterSqlite3(path, { readonly: true, fileMustExist: true, timeout: 0 });
    this.#version = this.#database.prepare<[], number>("pragma data_version").pluck();
    this.#known = this.#version.get() ?? 0;
  }

  /** True when there was a commit since this was last asked that was not the store's own, or it cannot be told. */
  takeChanged(): boolean {
    const before = this.#known;
    this.#read();
    const changed = this.#missed || this.#known !== before;
    this.#missed = false;
    return changed;
  }

  /** To be called when the store itself has committed; what others committed just before is told by `suspect`. */
  passOwnCommit(): void {
    this.#read();
  }

  /** The next answer is true. */
  suspect(): void {
    this.#missed = true;
  }

  close(): void {
    this.#database.close();
  }

  #read(): void {
    try {
      this.#known = this.#version.get() ?? 0;
    } catch {
      // Locked or unreadable: whoever reads what has changed will be told how.
      this.#missed = true;
    }
  }
}
