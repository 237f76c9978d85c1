import { count, counted, utc } from "../format.ts";
import { utcParts } from "../models/clock.ts";
import { wantsAttention } from "../models/source-facts.ts";
import { useApp } from "./app-context.ts";
import { ExportMenu } from "./export-menu.tsx";
import { Icon, Mark } from "./icons.tsx";
import { loadsSoon } from "./lazy-part.ts";
import { ScrapeStatus } from "./scrape-status.tsx";
import { SOURCES_PART } from "./sources-part.ts";
import { WallsMenu } from "./walls-menu.tsx";

export function TopBar({ inert }: { inert: boolean }) {
  return (
    <header class="top-bar" inert={inert}>
      <h1 class="brand">
        <Mark />
        Argus
      </h1>
      <Clock />
      <Counts />
      <ScrapeStatus />
      <Connection />
      <div class="top-actions">
        <SourcesButton />
        <WallsMenu />
        <ExportMenu />
      </div>
    </header>
  );
}

function SourcesButton() {
  const { registry, scrape, sourcesShown } = useApp();
  const wanting = registry.sources.value?.filter((source) => wantsAttention(source)).length ?? 0;
  return (
    <button
      type="button"
      class="button sources-button"
      {...loadsSoon(SOURCES_PART)}
      onClick={() => (sourcesShown.value = true)}
      title={wanting === 0 ? "Choose, set up and scrape sources" : `${counted(wanting, "source")} to be looked at`}
    >
      <Icon name="scrape" />
      <span class="button-label">{scrape.current.value === null ? "Sources" : "Scraping"}</span>
      {wanting > 0 && (
        <span class="wanting">
          {count(wanting)}
          <span class="visually-hidden"> to be looked at</span>
        </span>
      )}
    </button>
  );
}

function Clock() {
  const now = useApp().clock.now.value;
  const { date, time } = utcParts(now);
  return (
    <time class="clock" dateTime={new Date(now).toISOString()} title={utc(new Date(now).toISOString())}>
      <span class="clock-date">{date}</span>
      <span class="clock-time">{time}</span>
      <span class="clock-zone">UTC</span>
    </time>
  );
}

function Counts() {
  const { registry } = useApp();
  const sources = registry.sources.value;
  const used = sources?.filter(({ camera_count }) => camera_count > 0).length ?? null;
  const parts: [label: string, value: string, title: string][] = [
    ["cameras", count(registry.cameras.value), "Cameras in the registry"],
    ["located", count(registry.located.value), "Cameras whose position is known"],
    ["sources", sources === null ? "—" : `${used}/${sources.length}`, "Sources that have cameras, of those installed"],
  ];
  return (
    <dl class="counts">
      {parts.map(([label, value, title]) => (
        <div key={label} class={`count count-${label}`} title={title}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Connection() {
  const { connection } = useApp().scrape;
  const lost = connection.value === "lost";
  return (
    <div class="connection" data-state={connection.value} role="status">
      {lost && (
        <>
          <Icon name="warning" />
          <span>
            Connection lost<span class="connection-more">, trying again…</span>
          </span>
        </>
      )}
    </div>
  );
}
