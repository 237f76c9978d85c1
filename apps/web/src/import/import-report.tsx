import type { BadRow, ImportField, ImportPreview, ListedCamera } from "@argus/core";
import { useSignal } from "@preact/signals";

import { count, counted, place, position } from "../format.ts";
import { FIELDS, type ImportDesk } from "./import-desk.ts";

const SOURCE_RULE = "own(-[a-z0-9]+)*";

/** What importing the file would do: how much, what is wrong, what is read from where. */
export function ImportReport({ desk, preview }: { desk: ImportDesk; preview: ImportPreview }) {
  return (
    <div class="import-report" data-stale={!desk.current.value}>
      <div class={`list-busy${desk.busy.value === null ? "" : " is-busy"}`} />
      <Counts preview={preview} />
      {preview.encoding === "windows-1252" && (
        <p class="import-hint">
          The file is not UTF-8; it was read as Windows-1252. Look whether the names below are written right.
        </p>
      )}
      {preview.bad.length > 0 && <BadRows preview={preview} />}
      {preview.sample.length > 0 && <Sample cameras={preview.sample} ready={preview.ready} />}
      <Mapping desk={desk} preview={preview} />
      <Credits desk={desk} preview={preview} />
    </div>
  );
}

function Counts({ preview }: { preview: ImportPreview }) {
  const parts: [number, string][] = [
    [preview.new, "new"],
    [preview.changed, "changed"],
    [preview.unchanged, "there already"],
    [preview.bad_rows, "with faults"],
  ];
  return (
    <dl class="import-counts">
      <div>
        <dd class="num">{count(preview.rows)}</dd>
        <dt>{preview.rows === 1 ? "row" : "rows"}</dt>
      </div>
      {parts.map(([value, label]) => (
        <div key={label} data-none={value === 0} data-fault={label === "with faults" && value > 0}>
          <dd class="num">{count(value)}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

function BadRows({ preview }: { preview: ImportPreview }) {
  const { bad, bad_rows: rows, format } = preview;
  const line = format === "csv" ? "Line" : "Feature";
  const told = new Set(bad.map(({ row }) => row)).size;
  return (
    <section class="import-part">
      <h3 class="label">What is wrong</h3>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Rows with faults">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{line}</th>
              <th scope="col">Column</th>
              <th scope="col">Value</th>
              <th scope="col">Why it cannot be stored</th>
            </tr>
          </thead>
          <tbody>
            {bad.map((fault) => (
              <FaultRow key={`${fault.row} ${fault.column} ${fault.message}`} fault={fault} />
            ))}
          </tbody>
        </table>
      </div>
      {rows > told && <p class="import-hint">{`and ${counted(rows - told, "more row")}`}</p>}
    </section>
  );
}

function FaultRow({ fault: { row, column, value, message } }: { fault: BadRow }) {
  return (
    <tr>
      <td class="num">{count(row)}</td>
      <td>{column === null ? <span class="unknown">the row</span> : <code>{column}</code>}</td>
      <td>{value === null ? <span class="unknown">none</span> : <code>{value}</code>}</td>
      <td class="table-why">{message}</td>
    </tr>
  );
}

function Sample({ cameras, ready }: { cameras: readonly ListedCamera[]; ready: number }) {
  return (
    <section class="import-part">
      <h3 class="label">{cameras.length < ready ? `The first ${cameras.length}` : "The cameras"}</h3>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Sample of the cameras">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Place</th>
              <th scope="col">Position</th>
              <th scope="col">Kind</th>
            </tr>
          </thead>
          <tbody>
            {cameras.map((camera) => (
              <tr key={camera.id}>
                <td>{camera.name}</td>
                <td>{place(camera)}</td>
                <td class="num">
                  {camera.lat === null || camera.lon === null ? (
                    <span class="unknown">unknown</span>
                  ) : (
                    position(camera.lat, camera.lon, 3)
                  )}
                </td>
                <td>
                  <span class="badge">{camera.stream_kind}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Which column each field is read from; another can be told where the guess is wrong. */
function Mapping({ desk, preview }: { desk: ImportDesk; preview: ImportPreview }) {
  const { mapping, ignored_columns: ignored } = preview;
  const columns = [...new Set([...Object.values(mapping), ...ignored])];
  const all = useSignal(false);
  const said = desk.said.value.columns;
  const shown = FIELDS.filter((field) => all.value || field in mapping || field in said);
  return (
    <section class="import-part">
      <h3 class="label">Columns</h3>
      <div class="mapping">
        {shown.map((field) => (
          <FieldSelect key={field} desk={desk} field={field} columns={columns} found={mapping[field]} />
        ))}
      </div>
      {ignored.length > 0 && (
        <p class="import-hint">
          Not read: {ignored.map((column, at) => [at > 0 && ", ", <code key={column}>{column}</code>])}
        </p>
      )}
      {shown.length < FIELDS.length && (
        <button type="button" class="link-button" onClick={() => (all.value = true)}>
          Show all fields
        </button>
      )}
    </section>
  );
}

function FieldSelect({
  desk,
  field,
  columns,
  found,
}: {
  desk: ImportDesk;
  field: ImportField;
  columns: readonly string[];
  found: string | undefined;
}) {
  const said = desk.said.value.columns[field];
  return (
    <label class="mapping-field">
      <span>{field}</span>
      <select
        class="field"
        value={said ?? found ?? ""}
        onChange={(event) => desk.map(field, event.currentTarget.value === "" ? null : event.currentTarget.value)}
      >
        {(found === undefined || said !== undefined) && (
          <option value="">{said === undefined ? "—" : "as found"}</option>
        )}
        {columns.map((column) => (
          <option key={column} value={column}>
            {column}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Under which name the cameras are kept, and whom they are from. */
function Credits({ desk, preview }: { desk: ImportDesk; preview: ImportPreview }) {
  const { sourceId, attribution, licence } = desk.said.value;
  const line = (label: string, value: string, placeholder: string, take: (text: string) => void, pattern?: string) => (
    <label class="mapping-field">
      <span>{label}</span>
      <input
        type="text"
        class="field"
        value={value}
        placeholder={placeholder}
        pattern={pattern}
        maxLength={200}
        autoComplete="off"
        spellcheck={false}
        onChange={(event) => take(event.currentTarget.value)}
      />
    </label>
  );
  return (
    <section class="import-part">
      <h3 class="label">For all of them</h3>
      <div class="mapping">
        {line("Source", sourceId, preview.source_id, (text) => desk.say({ sourceId: text }), SOURCE_RULE)}
        {line("Credit", attribution, "Own camera", (text) => desk.say({ attribution: text }))}
        {line("Licence", licence, "unknown", (text) => desk.say({ licence: text }))}
      </div>
      <p class="import-hint">
        The source is “own”, or begins with “own-”: cameras of one file can be told apart by it.
      </p>
    </section>
  );
}
