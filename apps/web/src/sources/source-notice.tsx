import type { SourceDetails } from "@argus/core";

import { Notice } from "../components/notice.tsx";
import { utc } from "../format.ts";
import { useSourceModels } from "./source-models.ts";

/** What must be read and accepted before the source is read; nothing where there is nothing to accept. */
export function SourceNotice({ details }: { details: SourceDetails }) {
  const { sourceDesk } = useSourceModels();
  const { notice, options } = details;
  if (notice === null) return null;
  const busy = sourceDesk.busy.value !== null;
  const isFixed = options.fixed.includes("accept_notice");
  const refused = sourceDesk.problem.value;
  const set = (accepted: boolean): void => void (busy || sourceDesk.setNotice(accepted));
  return (
    <section class="settings-part" aria-labelledby="source-notice">
      <h4 class="label" id="source-notice">
        Before you use it
      </h4>
      {refused?.action === "notice" && <Notice problem={refused.problem} />}
      {notice.is_accepted ? (
        <>
          <p class="source-accepted">
            <span>
              Accepted{notice.accepted_at === null ? "" : `, ${utc(notice.accepted_at)}`}
              {isFixed && ", in argus.toml"}.
            </span>
            {!isFixed && (
              <button type="button" class="link-button" aria-disabled={busy} onClick={() => set(false)}>
                Take it back
              </button>
            )}
          </p>
          <details class="source-notice">
            <summary>What was accepted</summary>
            <p class="source-notice-text">{notice.text}</p>
          </details>
        </>
      ) : (
        <>
          <p class="source-notice-text">{notice.text}</p>
          <button type="button" class="button" aria-disabled={busy} onClick={() => set(true)}>
            I have read this and accept it
          </button>
        </>
      )}
    </section>
  );
}
