import type { SourceInfo } from "@argus/core";

import { useApp } from "../components/app-context.ts";
import { Icon } from "../components/icons.tsx";
import { loadsSoon } from "../components/lazy-part.ts";
import { ProgressBar } from "../components/progress-bar.tsx";
import { counted } from "../format.ts";
import { isScraped, newsOf, shareOf } from "../models/scrape-progress.ts";
import { isUsable } from "../models/source-facts.ts";
import { partMore, partWords } from "./part-words.ts";
import { useSourceModels } from "./source-models.ts";
import { SETTINGS_PART } from "./source-panel.tsx";
import { faultOf, lastRead, nextRead, stateWords } from "./source-words.ts";
import { StopButton, StopFault } from "./stop-button.tsx";

/** The id of the button that opens a source. */
export function openButtonOf(id: string): string {
  return `source-open-${id}`;
}

/** One source to choose: what it is called, how it stands, how much there is of it; and the way to its settings. */
export function SourceRow({ source }: { source: SourceInfo }) {
  const { choice, sourceDesk, stops } = useSourceModels();
  const { scrape } = useApp();
  const part = newsOf(source, scrape.current.value) ?? newsOf(source, scrape.last.value);
  const usable = isUsable(source);
  const running = isScraped(scrape.current.value, source.id);
  const { words, tone } = part === null ? stateWords(source) : partWords(part);
  const fault =
    part === null ? faultOf(source) : part.state === "failed" || part.state === "partial" ? part.message : null;
  const [name, about] = [`source-name-${source.id}`, `source-about-${source.id}`];
  const unsaved = sourceDesk.unsaved.bySource.value.has(source.id);
  return (
    <li class="source" data-usable={usable} data-tone={tone}>
      <label class="source-tick">
        <input
          type="checkbox"
          aria-labelledby={name}
          aria-describedby={about}
          checked={usable && choice.chosen.value.has(source.id)}
          disabled={!usable || running}
          onChange={() => choice.toggle(source.id)}
        />
        <span class="source-name" id={name}>
          {source.name}
        </span>
        {source.camera_count > 0 && <span class="source-count num">{counted(source.camera_count, "camera")}</span>}
        <span class="source-about" id={about}>
          <span class="source-state">{stops.isStopping(source.id) ? "Stopping…" : words}</span>
          {unsaved && <span class="source-unsaved"> · unsaved changes</span>}
          {source.region !== null && <span> · {source.region}</span>}
          <span> {part === null ? <Rest source={source} /> : partMore(part).map((text) => ` · ${text}`)}</span>
        </span>
        {fault !== null && <span class="source-fault">{fault}</span>}
        <StopFault id={source.id} />
      </label>
      {running && <StopButton id={source.id} name={source.name} after={openButtonOf(source.id)} />}
      <button
        type="button"
        class="button source-open"
        id={openButtonOf(source.id)}
        aria-label={usable ? `Settings of ${source.name}` : `Set up ${source.name}`}
        title={usable ? "Settings" : "Set up"}
        {...loadsSoon(SETTINGS_PART)}
        onClick={() => sourceDesk.open(source.id)}
      >
        <Icon name="settings" />
        <span class="button-label">{usable ? "Settings" : "Set up"}</span>
      </button>
      {part !== null && part.state === "running" && (
        <ProgressBar share={shareOf(part)} label={`Progress of ${source.name}`} />
      )}
    </li>
  );
}

/** When it was and is read; of one that never was, what it is. */
function Rest({ source }: { source: SourceInfo }) {
  const now = useApp().clock.now.value;
  const times = [lastRead(source, now), nextRead(source, now)].filter((time) => time !== null);
  return <>{[...times, ...(source.last_scrape === null ? [source.description] : [])].map((text) => ` · ${text}`)}</>;
}
