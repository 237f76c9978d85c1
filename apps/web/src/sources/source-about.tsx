import type { ScrapedSource, SourceDetails } from "@argus/core";
import type { ComponentChildren } from "preact";

import { useApp } from "../components/app-context.ts";
import { Icon } from "../components/icons.tsx";
import { count, counted } from "../format.ts";

/** Whose cameras they are and on what terms, what the last scrape made of them, and which package reads them. */
export function SourceAbout({ details }: { details: SourceDetails }) {
  const { scrape } = useApp();
  const part = scrape.last.value?.sources.find(({ source_id }) => source_id === details.id);
  const keys = details.required_env.map((name) => keyWords(name, details)).join(", ");
  return (
    <section class="settings-part" aria-labelledby="source-about">
      <h4 class="label" id="source-about">
        About
      </h4>
      <dl class="settings-list">
        {details.region !== null && <Row name="Region">{details.region}</Row>}
        <Row name="Credit">{details.attribution}</Row>
        <Row name="Licence">{details.licence}</Row>
        {details.terms_url !== null && (
          <Row name="Terms">
            <Terms url={details.terms_url} />
          </Row>
        )}
        {keys !== "" && <Row name="Keys">{keys}</Row>}
        <Row name="Package">
          {details.package} {details.version}
        </Row>
        {part !== undefined && (
          <Row name="Last scrape">
            <PartWords part={part} />
          </Row>
        )}
      </dl>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function keyWords(name: string, { missing_env }: SourceDetails): string {
  return `${name} (${missing_env.includes(name) ? "not set" : "set"})`;
}

function Terms({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {url} <Icon name="open" />
      <span class="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}

function PartWords({ part }: { part: ScrapedSource }) {
  const numbers: [number, string][] = [
    [part.new, "new"],
    [part.changed, "changed"],
    [part.unchanged, "unchanged"],
    [part.gone, "gone"],
    [part.rejected, "turned away"],
  ];
  const words = numbers.filter(([value]) => value > 0).map(([value, word]) => `${count(value)} ${word}`);
  return (
    <>
      {[part.state, `${count(part.found)} found`, ...words].join(" · ")}
      {part.rejections.length > 0 && <Rejections part={part} />}
    </>
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
