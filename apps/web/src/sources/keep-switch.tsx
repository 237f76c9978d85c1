import type { SourceDetails } from "@argus/core";

import { useApp } from "../components/app-context.ts";
import { Notice } from "../components/notice.tsx";
import { isUsable } from "../models/source-facts.ts";
import { SWITCH } from "./panel-focus.ts";
import { useSourceModels } from "./source-models.ts";
import { everySeconds, nextRead } from "./source-words.ts";

/** Whether the source is read again by itself; it takes effect at once. */
export function KeepSwitch({ details }: { details: SourceDetails }) {
  const { sourceDesk } = useSourceModels();
  const { enabled } = details;
  // What cannot be read cannot be switched on; off it goes whatever is wrong with it.
  const barred = !enabled && !isUsable(details);
  const refused = sourceDesk.problem.value;
  const toggle = (box: HTMLInputElement): void => {
    const wanted = box.checked;
    // The switch shows what the server has.
    box.checked = enabled;
    if (!barred) void sourceDesk.setEnabled(wanted);
  };
  return (
    <div class="settings-part">
      <label class="keep-switch">
        <input
          id={SWITCH}
          type="checkbox"
          role="switch"
          class="switch"
          checked={enabled}
          aria-checked={enabled}
          aria-disabled={barred}
          aria-labelledby="keep-switch-name"
          aria-describedby="keep-switch-why"
          onChange={(event) => toggle(event.currentTarget)}
        />
        <span>
          <span class="keep-fresh-name" id="keep-switch-name">
            Keep up to date
          </span>
          <span class="keep-fresh-why" id="keep-switch-why">
            <When details={details} barred={barred} />
          </span>
        </span>
      </label>
      {refused?.action === "enabled" && <Notice problem={refused.problem} />}
    </div>
  );
}

function When({ details, barred }: { details: SourceDetails; barred: boolean }) {
  const { clock } = useApp();
  if (barred) return <>Not before what it needs is there.</>;
  const often = everySeconds(details.interval_s);
  if (!details.enabled) return <>It is read when you scrape it; switched on, by itself {often}.</>;
  const next = nextRead(details, clock.now.value);
  return (
    <>
      It is read by itself {often}
      {next === null ? "" : `, ${next}`}.
    </>
  );
}
