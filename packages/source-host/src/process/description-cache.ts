import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import type { Log } from "@argus/core";
import { z } from "zod";

import { describeFault } from "../bounded-text.ts";
import { Description } from "./description.ts";

const OWNER_ONLY = 0o600;
const OWNER_ALONE = 0o700;
const MAX_KEPT = 500;
const RANDOM_BYTES = 4;

const Kept = z.object({ fingerprint: z.string(), description: Description });
const File = z.object({ kept: z.record(z.string(), z.unknown()) });

/** What packages told about themselves, in a file, so that a start need not ask those that have not changed. */
export class DescriptionCache {
  readonly #file: string | null;
  readonly #log: Log;
  #kept = new Map<string, unknown>();
  #isChanged = false;

  /** Without a file it keeps nothing. */
  constructor(file: string | null, log: Log) {
    this.#file = file;
    this.#log = log;
  }

  /** A file that is not there, or is none of ours, is as good as empty. */
  async read(): Promise<void> {
    if (this.#file === null) return;
    try {
      const { kept } = File.parse(JSON.parse(await readFile(this.#file, "utf8")));
      this.#kept = new Map(Object.entries(kept));
    } catch {
      this.#kept.clear();
    }
  }

  get(entry: string, fingerprint: string): Description | null {
    const kept = Kept.safeParse(this.#kept.get(entry));
    return kept.success && kept.data.fingerprint === fingerprint ? kept.data.description : null;
  }

  set(entry: string, fingerprint: string, description: Description): void {
    this.#kept.delete(entry);
    this.#kept.set(entry, { fingerprint, description });
    this.#isChanged = true;
  }

  /** Writes what is new; that it cannot costs the next start some time and nothing else. */
  async write(): Promise<void> {
    if (this.#file === null || !this.#isChanged) return;
    const kept = Object.fromEntries([...this.#kept].slice(-MAX_KEPT));
    const draft = `${this.#file}.${randomBytes(RANDOM_BYTES).toString("hex")}`;
    try {
      await mkdir(dirname(this.#file), { recursive: true, mode: OWNER_ALONE });
      await writeFile(draft, JSON.stringify({ kept }), { mode: OWNER_ONLY });
      await rename(draft, this.#file);
    } catch (error) {
      this.#log.debug("what sources tell about themselves cannot be kept", { reason: describeFault(error) });
    }
  }
}
