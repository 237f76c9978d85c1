import type { SourceDetails } from "@argus/core";
import type { ComponentChildren } from "preact";

import { useApp } from "../components/app-context.ts";
import { Icon } from "../components/icons.tsx";
import { Notice } from "../components/notice.tsx";
import { count, duration, utc } from "../format.ts";
import { sentence } from "../models/problem.ts";
import { isScraped } from "../models/scrape-progress.ts";
import { isUsable } from "../models/source-facts.ts";
import { HEADING } from "./panel-focus.ts";
import { ScrapeProblem } from "./scrape-buttons.tsx";
import { useSourceModels } from "./source-models.ts";
import { faultOf, nextRead } from "./source-words.ts";

/** How the source stands, and what can be done about it. */
export function SourceStanding({ details }: { details: SourceDetails }) {
  const { sourceDesk } = useSourceModels();
  const refused = sourceDesk.problem.value;
  return (
    <>
      <Standing details={details} />
      {refused !== null && (refused.action === "retry" || refused.action === "confirm") && (
        <Notice problem={refused.problem} />
      )}
      <ScrapeProblem />
    </>
  );
}

function Standing({ details }: { details: SourceDetails }) {
  const { state, missing_env: missing } = details;
  const fault = faultOf(details);
  if (details.held !== null) return <Held details={details} held={details.held} />;
  if (state === "paused") return <Paused details={details} />;
  if (missing.length > 0) return <MissingKey names={missing} />;
  if (state === "broken")
    return (
      <Alert title="This source does not work">
        <p>{sentence(fault ?? "it did not load")}</p>
        <p>Update or remove its package ({details.package}), then start the server again.</p>
      </Alert>
    );
  if (state === "failed")
    return (
      <Alert title="The last scrape of it failed" action={<ReadNow label="Try again now" />}>
        {fault !== null && <p>{sentence(fault)}</p>}
      </Alert>
    );
  if (state === "unconfigured" && fault !== null)
    return (
      <Alert title="It cannot be read as it is set up">
        <p>{sentence(fault)}</p>
      </Alert>
    );
  if (fault === null && !isUsable(details)) return null;
  return (
    <div class="settings-part">
      {fault !== null && <p class="source-fault">{sentence(fault)}</p>}
      {isUsable(details) && <ReadNow label="Scrape it now" />}
    </div>
  );
}

function Held({ details, held }: { details: SourceDetails; held: NonNullable<SourceDetails["held"]> }) {
  const { clock } = useApp();
  const { sourceDesk } = useSourceModels();
  const missing = count(held.before - held.listed);
  const busy = sourceDesk.busy.value !== null;
  const next = nextRead(details, clock.now.value);
  const leave = (): void => {
    sourceDesk.leave(details);
    document.getElementById(HEADING)?.focus();
  };
  if (sourceDesk.isLeft(details)) {
    return (
      <Alert title={`${missing} cameras stay until the next read`}>
        <p>{next === null ? "It is read when you scrape it." : `It is read ${next}.`}</p>
      </Alert>
    );
  }
  return (
    <Alert
      title={`It lists ${count(held.listed)} cameras where there were ${count(held.before)}. Are the others gone?`}
      action={
        <>
          <button type="button" class="button" aria-disabled={busy} onClick={() => busy || void sourceDesk.confirm()}>
            Mark {missing} gone
          </button>
          <button type="button" class="button" onClick={leave}>
            Wait for next read
          </button>
        </>
      }
    >
      <p>None was marked gone yet: so short a list is more often a fault of its origin.</p>
    </Alert>
  );
}

function Paused({ details }: { details: SourceDetails }) {
  const { clock } = useApp();
  const { failures, next_run_at: at } = details;
  const fault = faultOf(details);
  const when =
    at === null
      ? "It is not tried again by itself."
      : `It is tried again in ${duration(Date.parse(at) - clock.now.value)}, at ${utc(at)}.`;
  return (
    <Alert title={`It failed ${count(failures)} times in a row`} action={<ReadNow label="Try again now" />}>
      <p>{when}</p>
      {fault !== null && <p>{sentence(fault)}</p>}
    </Alert>
  );
}

function MissingKey({ names }: { names: readonly string[] }) {
  return (
    <Alert title={names.length === 1 ? "It needs a key" : "It needs keys"}>
      <p>
        Set{" "}
        {names.map((name, index) => (
          <>
            {index > 0 && ", "}
            <code>{name}</code>
          </>
        ))}{" "}
        in the server's environment, then start the server again.
      </p>
    </Alert>
  );
}

/** Forgets its failures and scrapes it; while it is scraped, only in words. */
function ReadNow({ label }: { label: string }) {
  const { scrape } = useApp();
  const { sourceDesk } = useSourceModels();
  const running = isScraped(scrape.current.value, sourceDesk.id.value ?? "");
  const busy = running || sourceDesk.busy.value !== null || scrape.busy.value;
  return (
    <button type="button" class="button" aria-disabled={busy} onClick={() => busy || void sourceDesk.retry()}>
      {running ? "It is being scraped" : label}
    </button>
  );
}

function Alert({
  title,
  action,
  children,
}: {
  title: string;
  action?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class="notice settings-alert" role="group" aria-label={title}>
      <Icon name="warning" />
      <div class="notice-text">
        <p class="settings-alert-title">{title}</p>
        {children}
        {action !== undefined && <div class="notice-actions">{action}</div>}
      </div>
    </div>
  );
}
