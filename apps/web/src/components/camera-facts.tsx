import type { Camera } from "@argus/core";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import { duration, fullPlace, heading, kindName, position, utc } from "../format.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";

/** Everything the registry knows of a camera; what it does not know is left out. */
export function CameraFacts({ camera }: { camera: Camera }) {
  const { registry } = useApp();
  const { lat, lon } = camera;
  return (
    <dl class="facts">
      <Fact label="Id">
        <code>{camera.id}</code>
        <CopyButton text={camera.id} label="Copy the id" />
      </Fact>
      <Fact label="Source">{registry.nameOf(camera.source_id)}</Fact>
      <Fact label="Place">{fullPlace(camera)}</Fact>
      <Fact label="Position">
        {lat === null || lon === null ? (
          <span class="unknown">unknown</span>
        ) : (
          <>
            <span class="num">{position(lat, lon)}</span>
            <CopyButton text={`${lat}, ${lon}`} label="Copy the position" />
          </>
        )}
      </Fact>
      <Fact label="Heading">
        {camera.heading_deg === null ? null : <span class="num">{heading(camera.heading_deg)}</span>}
      </Fact>
      <Fact label="Kind">
        <span class="badge">{camera.stream_kind}</span> {kindName(camera.stream_kind)}
      </Fact>
      <Fact label="Refresh">{camera.refresh_s === null ? null : `every ${duration(camera.refresh_s * 1000)}`}</Fact>
      <Fact label="Maker">{camera.manufacturer}</Fact>
      <Fact label="Tags">{camera.tags.length === 0 ? null : camera.tags.join(", ")}</Fact>
      <Health camera={camera} />
      <Times camera={camera} />
      <Credits camera={camera} />
    </dl>
  );
}

function Health({ camera }: { camera: Camera }) {
  if (camera.health_status === "unknown") return null;
  return (
    <>
      <Fact label="Health">
        {camera.health_reason === null ? camera.health_status : `${camera.health_status}: ${camera.health_reason}`}
      </Fact>
      <Fact label="Checked">{time(camera.health_checked_at)}</Fact>
      <Fact label="Last good">{time(camera.health_ok_at)}</Fact>
    </>
  );
}

function Times({ camera }: { camera: Camera }) {
  return (
    <>
      <Fact label="First seen">{time(camera.first_seen_at)}</Fact>
      <Fact label="Last seen">{time(camera.last_seen_at)}</Fact>
      <Fact label="Gone since">{time(camera.gone_at)}</Fact>
    </>
  );
}

function Credits({ camera }: { camera: Camera }) {
  const links: [label: string, url: string | null][] = [
    ["page", camera.page_url],
    ["stream", camera.stream_url],
    ["still", camera.snapshot_url],
  ];
  const known = links.filter((link): link is [string, string] => link[1] !== null && leads(link[1]));
  return (
    <>
      <Fact label="Credit">{camera.attribution}</Fact>
      <Fact label="Licence">{camera.licence}</Fact>
      <Fact label="Terms">
        {camera.terms_url === null ? null : <Away href={camera.terms_url}>{hostOf(camera.terms_url)}</Away>}
      </Fact>
      <Fact label="Origin">
        {known.length === 0
          ? null
          : known.map(([label, url]) => (
              <Away key={label} href={url}>
                {label}
              </Away>
            ))}
      </Fact>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  if (children === null || children === undefined) return null;
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A link to a stranger's site, which is not told where one comes from. */
export function Away({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a class="away" href={href} target="_blank" rel="noreferrer noopener">
      {children}
      <Icon name="open" />
    </a>
  );
}

function CopyButton({ text, label }: { text: string; label: string }) {
  const copied = useSignal(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = true;
    } catch {
      // Without permission, or over plain http, the text can still be marked by hand.
      copied.value = false;
    }
  };
  return (
    <button
      type="button"
      class="icon-button copy"
      aria-label={copied.value ? "Copied" : label}
      title={copied.value ? "Copied" : label}
      onClick={() => void copy()}
      onBlur={() => (copied.value = false)}
    >
      <Icon name={copied.value ? "check" : "copy"} />
    </button>
  );
}

function time(iso: string | null) {
  return iso === null ? null : (
    <time class="num" dateTime={iso}>
      {utc(iso)}
    </time>
  );
}

/** Whether a link leads anywhere: names below `.invalid` (RFC 2606) are those of sources that draw their own pictures. */
function leads(url: string): boolean {
  return !hostOf(url).endsWith(".invalid");
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? url;
}
