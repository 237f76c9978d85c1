import type { ImportCounts, ImportField, ImportPreview } from "@argus/core";
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

import type { Api } from "../api.ts";
import { Latest } from "../models/latest.ts";
import { type Problem, problemOf } from "../models/problem.ts";

/** As the server allows, in bytes. */
export const MAX_FILE = 32 * 1024 * 1024;

/** Every field a column can be read as, in the order they are asked about. */
export const FIELDS = [
  "id",
  "name",
  "lat",
  "lon",
  "stream_url",
  "stream_kind",
  "snapshot_url",
  "page_url",
  "refresh_s",
  "country",
  "region",
  "city",
  "description",
  "heading_deg",
  "tags",
  "manufacturer",
  "attribution",
  "licence",
  "terms_url",
] as const satisfies readonly ImportField[];

/** `reading`: the server reads the file for the first time and says what it would do; `storing`: it does it. */
export type ImportStep = "choose" | "reading" | "agree" | "storing" | "done";

/** What the user says of the file beyond what is in it; what is empty is the server's to choose. */
export type Said = {
  sourceId: string;
  attribution: string;
  licence: string;
  columns: Readonly<Partial<Record<ImportField, string>>>;
};
const NOTHING_SAID: Said = { sourceId: "", attribution: "", licence: "", columns: {} };

/** The way of a user's own file into the registry: chosen, read, looked at, agreed to, stored. */
export class ImportDesk {
  readonly file: Signal<File | null> = signal(null);
  readonly said: Signal<Said> = signal(NOTHING_SAID);
  readonly preview: Signal<ImportPreview | null> = signal(null);
  readonly counts: Signal<ImportCounts | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);
  readonly busy: Signal<"reading" | "storing" | null> = signal(null);
  readonly step: ReadonlySignal<ImportStep>;
  /** Whether what is shown is what would be stored: not while the file is read anew, nor after that has failed. */
  readonly current: Signal<boolean> = signal(false);
  /** When what is under way began, in milliseconds. */
  readonly since: Signal<number> = signal(0);

  readonly #api: Pick<Api, "previewImport" | "importCameras">;
  readonly #onStored: () => void;
  readonly #clock: () => number;
  readonly #calls = new Latest();

  constructor(api: Pick<Api, "previewImport" | "importCameras">, onStored: () => void, clock: () => number = Date.now) {
    this.#api = api;
    this.#onStored = onStored;
    this.#clock = clock;
    this.step = computed(() => {
      if (this.busy.value === "storing") return "storing";
      if (this.counts.value !== null) return "done";
      if (this.preview.value !== null) return "agree";
      return this.busy.value === null ? "choose" : "reading";
    });
  }

  /** Reads a file and says what storing it would do. */
  choose(file: File): void {
    batch(() => {
      this.file.value = file;
      this.said.value = { ...this.said.peek(), columns: {} };
      this.preview.value = null;
      this.counts.value = null;
    });
    if (file.size <= MAX_FILE) return this.#read();
    const megabytes = Math.ceil(file.size / 1_048_576);
    this.problem.value = {
      message: `${file.name} has ${megabytes} MB; a file may have ${MAX_FILE / 1_048_576}.`,
      code: null,
      advice: "Split it, and import the parts one after the other: cameras keep their ids.",
    };
  }

  /** Reads the file again, as the user has said meanwhile. */
  say(said: Partial<Said>): void {
    this.said.value = { ...this.said.peek(), ...said };
    if (this.file.peek() !== null) this.#read();
  }

  /** Which column a field is to be read from; null: as the server finds out. */
  map(field: ImportField, column: string | null): void {
    const { [field]: _before, ...rest } = this.said.peek().columns;
    // A column is read as one field only.
    const others = Object.fromEntries(Object.entries(rest).filter(([, used]) => used !== column));
    this.say({ columns: column === null ? others : { ...others, [field]: column } });
  }

  retry(): void {
    if (this.file.peek() !== null) this.#read();
  }

  /** Stores what was looked at, its bad rows left out. */
  agree(): void {
    const [file, preview] = [this.file.peek(), this.preview.peek()];
    if (file === null || preview === null || this.busy.peek() !== null || !this.current.peek()) return;
    this.#begin("storing");
    const options = { ...this.#options(), digest: preview.digest, skipBad: preview.bad_rows > 0 };
    void this.#calls.run((signal) => this.#api.importCameras(file, { ...options, signal }), {
      value: (counts) => {
        this.#end({ counts });
        this.#onStored();
      },
      error: (error) => this.#end({ problem: problemOf(error) }),
    });
  }

  /** Gives up what is under way. What is being stored is stored whole or not at all. */
  cancel(): void {
    this.#calls.cancel();
    this.#end({});
  }

  dispose(): void {
    this.#calls.cancel();
  }

  #read(): void {
    const file = this.file.peek();
    if (file === null) return;
    this.current.value = false;
    this.#begin("reading");
    void this.#calls.run((signal) => this.#api.previewImport(file, { ...this.#options(), signal }), {
      value: (preview) => this.#end({ preview }),
      error: (error) => this.#end({ problem: problemOf(error) }),
    });
  }

  #options(): NonNullable<Parameters<Api["previewImport"]>[1]> {
    const { sourceId, attribution, licence, columns } = this.said.peek();
    return {
      ...(sourceId.trim() === "" ? {} : { source_id: sourceId.trim() }),
      ...(attribution.trim() === "" ? {} : { attribution: attribution.trim() }),
      ...(licence.trim() === "" ? {} : { licence: licence.trim() }),
      columns: { ...columns },
    };
  }

  #begin(what: "reading" | "storing"): void {
    batch(() => {
      this.busy.value = what;
      this.problem.value = null;
      this.since.value = this.#clock();
    });
  }

  #end({ preview, counts, problem }: { preview?: ImportPreview; counts?: ImportCounts; problem?: Problem }): void {
    batch(() => {
      this.busy.value = null;
      if (preview !== undefined) this.preview.value = preview;
      this.current.value = preview !== undefined || this.current.peek();
      if (counts !== undefined) this.counts.value = counts;
      this.problem.value = problem ?? null;
    });
  }
}
