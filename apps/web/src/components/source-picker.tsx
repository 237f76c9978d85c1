import type { ScrapedSource, SourceInfo } from "@argus/core";

import { count, counted } from "../format.ts";
import { isRunning, shareOf } from "../models/scrape-progress.ts";
import { isUsable } from "../models/source-choice.ts";
import { useApp } from "./app-context.ts";
import { Notice } from "./notice.tsx";
import { ProgressBar } from "./progress-bar.tsx";

/** The sources to choose from, each with what the last scrape made of it. */
export function SourcePicker() {
  const { registry, scrape } = useApp();
  const sources = registry.sources.value;
  const shown = scrape.current.value ?? scrape.last.value;
  if (sources === null) {
    return registry.problem.value === null ? (
      <p class="label">Loading the sources…</p>
    ) : (
      <Notice problem={registry.problem.value}>
        <button type="button" class="button" onClick={() => registry.refresh()}>
          Try again
        </button>
      </Notice>
    );
  }
  if (sources.length === 0)
    return (
      <p class="empty">No sources are installed: add an argus-source package to the server, then start it again.</p>
    );
  return (
    <ul class="sources">
      {sources.map((source) => (
        <SourceRow
          key={source.id}
          source={source}
          part={shown?.sources.find(({ source_id }) => source_id === source.id) ?? null}
        />
      ))}
    </ul>
  );
}

function SourceRow({ source, part }: { source: SourceInfo; part: ScrapedSource | null }) {
  const { choice, scrape } = useApp();
  const usable = isUsable(source);
  const running = scrape.current.value !== null;
  return (
    <li class="source" data-usable={usable}>
      <label class="source-head">
        <input
          type="checkbox"
          checked={usable && choice.chosen.value.has(source.id)}
          disabled={!usable || running}
          onChange={() => choice.toggle(source.id)}
        />
        <span class="source-name">{source.name}</span>
        {source.camera_count > 0 && <span class="source-count num">{counted(source.camera_count, "camera")}</span>}
      </label>
      <p class="source-about">{source.description}</p>
      <p class="source-credit">
        {source.licence} · {source.package} {source.version}
      </p>
      {!usable && <p class="source-fault">{whyNot(source)}</p>}
      {part !== null && <SourcePart part={part} />}
    </li>
  );
}

function whyNot({ state, message, missing_env }: SourceInfo): string {
  if (message !== null) return message;
  return missing_env.length > 0
    ? `Set ${missing_env.join(", ")} for the server, then start it again.`
    : `This source is ${state}.`;
}

/** What a scrape does or did with one source. */
function SourcePart({ part }: { part: ScrapedSource }) {
  const running = isRunning(part);
  const { state, found, rejected, message, steps_done: done, steps_total: total } = part;
  const numbers: [number, string][] = [
    [part.new, "new"],
    [part.changed, "changed"],
    [part.unchanged, "unchanged"],
    [part.gone, "gone"],
    [rejected, "rejected"],
  ];
  return (
    <div class="part" data-state={state}>
      {state === "running" && <ProgressBar share={shareOf(part)} label={`Progress of ${part.source_id}`} />}
      <p class="part-line">
        <span class="part-state">{state}</span>
        {state === "running" && total !== null && <span class="num">{`${count(done ?? 0)}/${count(total)}`}</span>}
        {state !== "pending" && <span class="num">{count(found)} found</span>}
        {!running &&
          numbers
            .filter(([value]) => value > 0)
            .map(([value, word]) => (
              <span key={word} class="num">
                {count(value)} {word}
              </span>
            ))}
      </p>
      {message !== null && <p class="part-message">{message}</p>}
      {part.rejections.length > 0 && <Rejections part={part} />}
    </div>
  );
}

function Rejections({ part }: { part: ScrapedSource }) {
  return (
    <details class="rejections">
      <summary>{counted(part.rejected, "camera")} turned away: why</summary>
      <ul>
        {part.rejections.map(({ raw_id, reason }) => (
          <li key={`${raw_id} ${reason}`}>
            <code>{raw_id}</code> {reason}
          </li>
        ))}
        {part.rejected > part.rejections.length && <li>and {count(part.rejected - part.rejections.length)} more</li>}
      </ul>
    </details>
  );
}
