import { count, utc } from "../format.ts";
import { utcParts } from "../models/clock.ts";
import { useApp } from "./app-context.ts";
import { ExportMenu } from "./export-menu.tsx";
import { Icon, Mark } from "./icons.tsx";
import { ScrapeStatus } from "./scrape-status.tsx";
import { WallsMenu } from "./walls-menu.tsx";

export function TopBar({ inert }: { inert: boolean }) {
  const { rescraping, scrape } = useApp();
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
        <button
          type="button"
          class="button"
          onClick={() => (rescraping.value = true)}
          title="Choose sources and scrape them"
        >
          <Icon name="scrape" />
          <span class="button-label">{scrape.current.value === null ? "Rescrape" : "Scraping"}</span>
        </button>
        <WallsMenu />
        <ExportMenu />
      </div>
    </header>
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
