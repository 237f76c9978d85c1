import "../styles/sources.css";

import type { SourceDetails } from "@argus/core";
import { useEffect } from "preact/hooks";

import { useApp } from "../components/app-context.ts";
import { Icon } from "../components/icons.tsx";
import { Notice } from "../components/notice.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { takeFocus } from "../components/take-focus.ts";
import { counted } from "../format.ts";
import { isScraped, newsOf, shareOf } from "../models/scrape-progress.ts";
import { KeepSwitch } from "./keep-switch.tsx";
import { OptionForm, OPTION_FORM } from "./option-form.tsx";
import { readDrafts } from "./option-drafts.ts";
import { fieldsOf } from "./option-fields.ts";
import { HEADING, usePanelFocus } from "./panel-focus.ts";
import { partMore, partWords } from "./part-words.ts";
import { SourceAbout } from "./source-about.tsx";
import { useSourceModels } from "./source-models.ts";
import { SourceNotice } from "./source-notice.tsx";
import { SourceStanding } from "./source-standing.tsx";
import { lastRead, stateWords } from "./source-words.ts";
import { StopButton, StopFault } from "./stop-button.tsx";

/** One source: how it stands, whether it is read by itself, its options, and whose cameras they are. */
export function SettingsPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { registry } = useApp();
  const { sourceDesk } = useSourceModels();
  const details = sourceDesk.details.value;
  usePanelFocus();
  useEffect(() => askBeforeLeaving(() => sourceDesk.unsaved.bySource.peek().size > 0), []);
  return (
    <>
      <div class="settings-head">
        <button type="button" class="button settings-back" onClick={() => sourceDesk.close()}>
          <Icon name="previous" />
          All sources
        </button>
        <h3 class="settings-name" id={HEADING} tabIndex={-1} ref={takeFocus}>
          {registry.nameOf(id)}
        </h3>
      </div>
      <div class="dialog-body settings-body">{details === null ? <Unread /> : <Settings details={details} />}</div>
      <Foot details={details} onClose={onClose} />
    </>
  );
}

function Unread() {
  const { sourceDesk } = useSourceModels();
  const problem = sourceDesk.unread.value;
  if (problem === null) return <p class="label">Loading…</p>;
  return (
    <Notice problem={problem}>
      <button type="button" class="button" onClick={() => sourceDesk.load()}>
        Try again
      </button>
    </Notice>
  );
}

function Settings({ details }: { details: SourceDetails }) {
  const { clock, scrape } = useApp();
  const { stops } = useSourceModels();
  const part = newsOf(details, scrape.current.value);
  const read = lastRead(details, clock.now.value);
  const facts = [
    ...(part === null
      ? [stateWords(details).words]
      : [stops.isStopping(details.id) ? "Stopping…" : partWords(part).words, ...partMore(part)]),
    ...(details.camera_count > 0 ? [counted(details.camera_count, "camera")] : []),
    ...(read === null ? [] : [read]),
  ];
  return (
    <>
      <div class="settings-part">
        {part?.state === "running" && <ProgressBar share={shareOf(part)} label="Progress" />}
        <p class="settings-facts">{facts.join(" · ")}</p>
        {isScraped(scrape.current.value, details.id) && (
          <StopButton id={details.id} name={details.name} after={HEADING} />
        )}
        <StopFault id={details.id} />
        {details.description !== "" && <p>{details.description}</p>}
      </div>
      <SourceStanding details={details} />
      <SourceNotice details={details} />
      <KeepSwitch details={details} />
      <OptionForm details={details} />
      <SourceAbout details={details} />
    </>
  );
}

/** What is written is saved from here, wherever the form is scrolled to. */
function Foot({ details, onClose }: { details: SourceDetails | null; onClose: () => void }) {
  const { sourceDesk } = useSourceModels();
  const drafts = details === null ? {} : sourceDesk.unsaved.of(details.id);
  const fields = details === null ? [] : fieldsOf(details.options);
  const { options, errors } = readDrafts(fields, drafts);
  const changed = Object.keys(options).length + Object.keys(errors).length;
  const busy = sourceDesk.busy.value === "options";
  return (
    <footer class="dialog-foot">
      <span class="dialog-note" role="status">
        {busy && "Saving…"}
        {!busy && changed > 0 && `${counted(changed, "change")} not saved`}
        {!busy && changed === 0 && sourceDesk.told.value}
      </span>
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
      {details !== null && fields.some(({ fixed }) => !fixed) && (
        <button
          type="button"
          class="button"
          aria-disabled={changed === 0 || busy}
          onClick={() => busy || sourceDesk.discard(details.id)}
        >
          Discard
        </button>
      )}
      {fields.some(({ fixed }) => !fixed) && (
        <button
          type="submit"
          form={OPTION_FORM}
          class={`button${changed > 0 ? " is-primary" : ""}`}
          aria-disabled={changed === 0 || busy}
        >
          Save
        </button>
      )}
    </footer>
  );
}

/** The browser asks before it leaves the page, for as long as there is something to lose. */
function askBeforeLeaving(isUnsaved: () => boolean): () => void {
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault();
  };
  window.addEventListener("beforeunload", onLeave);
  return () => window.removeEventListener("beforeunload", onLeave);
}
