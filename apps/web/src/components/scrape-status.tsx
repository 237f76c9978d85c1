import { count, counted, utc } from "../format.ts";
import { failuresOf, foundBy, isRunning, shareOfAll } from "../models/scrape-progress.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { loadsSoon } from "./lazy-part.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { SOURCES_PART } from "./sources-part.ts";

/** The running scrape's progress; else how the last one ended. */
export function ScrapeStatus() {
  const { scrape, sourcesShown } = useApp();
  const show = (): void => void (sourcesShown.value = true);
  const running = scrape.current.value;
  if (running !== null) {
    const left = running.sources.filter((source) => isRunning(source)).length;
    const doing = `${counted(left, "source")} to go · ${count(foundBy(running))} found`;
    return (
      <button type="button" class="scrape-status is-running" {...loadsSoon(SOURCES_PART)} onClick={show}>
        <span class="label">Scraping</span>
        <ProgressBar share={shareOfAll(running)} label="Scrape progress" />
        <span class="scrape-words">{doing}</span>
      </button>
    );
  }
  const last = scrape.last.value;
  if (last === null) return <div class="scrape-status" />;
  const failed = failuresOf(last).length;
  return (
    <button
      type="button"
      class="scrape-status"
      data-state={last.state}
      {...loadsSoon(SOURCES_PART)}
      onClick={show}
      title={`Last scrape: ${last.state}`}
    >
      <span class="label">Last scrape</span>
      {failed > 0 && <Icon name="warning" />}
      <span class="scrape-words">
        {failed > 0 ? `${counted(failed, "source")} incomplete` : last.state}
        {last.finished_at !== null && <span class="scrape-when"> {utc(last.finished_at).slice(5, 16)}Z</span>}
      </span>
    </button>
  );
}
