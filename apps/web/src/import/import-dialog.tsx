import "../styles/import.css";

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { Dialog } from "../components/dialog.tsx";
import { useApp } from "../components/app-context.ts";
import { Notice } from "../components/notice.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { count, counted, duration } from "../format.ts";
import { refreshAll } from "../models/app.ts";
import { ImportDesk, MAX_FILE } from "./import-desk.ts";
import { ImportReport } from "./import-report.tsx";

const INPUT = "import-file";
/** What takes longer shows how long it has taken. */
const LONG_MS = 2000;

/** Brings the user's own cameras along: a file, a look at what it would do, and only then the doing. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const desk = useMemo(() => new ImportDesk(app.api, () => refreshAll(app)), [app]);
  useEffect(() => () => desk.dispose(), [desk]);
  const step = desk.step.value;
  return (
    <Dialog title="Import cameras" class="import" onClose={() => step !== "storing" && onClose()}>
      <p class="boot-lead" role="status">
        {leadOf(desk)}
      </p>
      <div class="dialog-body" aria-busy={desk.busy.value !== null}>
        {desk.problem.value !== null && (
          <Notice problem={desk.problem.value}>
            {desk.file.value !== null && step === "choose" && (
              <button type="button" class="button" onClick={() => desk.retry()}>
                Try again
              </button>
            )}
          </Notice>
        )}
        {step === "choose" && <FileChooser desk={desk} />}
        {(step === "reading" || step === "storing") && <Waiting desk={desk} />}
        {step === "agree" && desk.preview.value !== null && <ImportReport desk={desk} preview={desk.preview.value} />}
        {step === "done" && <Done desk={desk} />}
      </div>
      <Foot desk={desk} onClose={onClose} />
    </Dialog>
  );
}

function leadOf(desk: ImportDesk): string {
  const name = desk.file.value?.name ?? "";
  switch (desk.step.value) {
    case "reading":
      return `Reading ${name}.`;
    case "agree":
      return `${name}: this is what importing it would do. Nothing is stored yet.`;
    case "storing":
      return `Storing the cameras of ${name}: all of them, or none.`;
    case "done":
      return `${name} is imported.`;
    default:
      return "Add cameras of your own from a CSV table or a GeoJSON file. You see what would be stored before anything is.";
  }
}

function FileChooser({ desk }: { desk: ImportDesk }) {
  const over = useSignal(false);
  const take = (files: FileList | null | undefined): void => {
    over.value = false;
    const file = files?.[0];
    if (file !== undefined) desk.choose(file);
  };
  return (
    <div
      class="drop"
      data-over={over.value}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files);
      }}
    >
      <p class="drop-lead">Drop a file here, or choose one.</p>
      <FileInput label="Choose a file" primary onFile={(files) => take(files)} />
      <dl class="drop-hints">
        <dt>CSV</dt>
        <dd>
          The first line names the columns, such as <code>name</code>, <code>lat</code>, <code>lon</code>,{" "}
          <code>stream_url</code>, <code>country</code>. Other names are recognised too, or can be told.
        </dd>
        <dt>GeoJSON</dt>
        <dd>A FeatureCollection of points, with the same names as properties.</dd>
        <dt>Limits</dt>
        <dd>{MAX_FILE / 1_048_576} MB and 200,000 rows. A camera that is imported again is updated.</dd>
      </dl>
    </div>
  );
}

function FileInput({
  label,
  primary = false,
  onFile,
}: {
  label: string;
  primary?: boolean;
  onFile: (files: FileList | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={primary ? "button is-primary" : "button"}
        autoFocus={primary}
        onClick={() => input.current?.click()}
      >
        {label}
      </button>
      <input
        ref={input}
        id={primary ? INPUT : undefined}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept=".csv,.tsv,.txt,.json,.geojson,text/csv,application/geo+json,application/json"
        onChange={(event) => {
          onFile(event.currentTarget.files);
          // The same file again, mended, is a change as well.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

function Waiting({ desk }: { desk: ImportDesk }) {
  const { clock } = useApp();
  const waited = clock.now.value - desk.since.value;
  const storing = desk.step.value === "storing";
  const what = storing ? counted(desk.preview.value?.ready ?? 0, "camera") : sizeOf(desk.file.value?.size ?? 0);
  return (
    <div class="import-wait" role="status">
      <ProgressBar share={null} label={storing ? "Storing" : "Reading"} />
      <p>
        {storing ? "Storing" : "Reading"} {what}…<span class="num">{waited >= LONG_MS && ` ${duration(waited)}`}</span>
      </p>
    </div>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1_048_576 ? `${count(Math.ceil(bytes / 1024))} kB` : `${count(Math.ceil(bytes / 1_048_576))} MB`;
}

function Done({ desk }: { desk: ImportDesk }) {
  const counts = desk.counts.value;
  if (counts === null) return null;
  const parts: [number, string][] = [
    [counts.new, "new"],
    [counts.changed, "changed"],
    [counts.unchanged, "were there already"],
    [counts.skipped, "left out"],
  ];
  return (
    <dl class="import-counts">
      {parts.map(([value, label]) => (
        <div key={label} data-none={value === 0}>
          <dd class="num">{count(value)}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

function Foot({ desk, onClose }: { desk: ImportDesk; onClose: () => void }) {
  const step = desk.step.value;
  const preview = desk.preview.value;
  const busy = step === "reading" || step === "storing";
  return (
    <footer class="dialog-foot">
      <span class="dialog-note">
        {step === "agree" && preview !== null && preview.bad_rows > 0 && skipWords(preview.bad_rows)}
      </span>
      {step === "agree" && <FileInput label="Another file" onFile={(files) => files?.[0] && desk.choose(files[0])} />}
      {busy ? (
        <button type="button" class="button" onClick={() => desk.cancel()}>
          Cancel
        </button>
      ) : (
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      )}
      {step === "agree" && preview !== null && (
        <button
          type="button"
          class="button is-primary"
          aria-disabled={!desk.current.value}
          disabled={preview.ready === 0}
          autoFocus
          onClick={() => desk.agree()}
        >
          {desk.busy.value !== null && "Reading…"}
          {desk.busy.value === null && preview.ready === 0 && "Nothing to import"}
          {desk.busy.value === null && preview.ready > 0 && `Import ${counted(preview.ready, "camera")}`}
        </button>
      )}
      {step === "done" && <ShowThem desk={desk} onClose={onClose} />}
    </footer>
  );
}

function skipWords(rows: number): string {
  return `${counted(rows, "row")} with faults ${rows === 1 ? "is" : "are"} left out.`;
}

function ShowThem({ desk, onClose }: { desk: ImportDesk; onClose: () => void }) {
  const { layout, search } = useApp();
  const source = desk.preview.value?.source_id;
  if (source === undefined) return null;
  const show = (): void => {
    search.clear();
    search.toggle("source", source);
    if (layout.narrow.value) layout.tab.value = "list";
    onClose();
  };
  return (
    <button type="button" class="button is-primary" autoFocus onClick={show}>
      Show them
    </button>
  );
}
