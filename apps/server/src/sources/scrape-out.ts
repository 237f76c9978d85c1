import { once } from "node:events";

import type { ListedCamera, Scrape, ScrapeState } from "@argus/core";
import type { SourceHost } from "@argus/source-host";

import { noticeNotAccepted } from "../errors.ts";
import { openHost, passOn } from "./ready-host.ts";
import { describeSetOptions, setOptions } from "./set-options.ts";
import type { Surroundings } from "./surroundings.ts";

const EXIT_FAILED = 1;
/** By how the scrape ended; a usage error is 2. */
const EXIT_CODES: Readonly<Partial<Record<ScrapeState, number>>> = { complete: 0, partial: 3, cancelled: 130 };

export type RunOptions = {
  id: string;
  acceptNotice: boolean;
  /** Cameras go here, one JSON object a line. */
  out: NodeJS.WritableStream;
};

/** `argus sources run`: scrapes as a server does, except that nothing is stored. */
export async function run({ id, acceptNotice, out }: RunOptions, at: Surroundings): Promise<number> {
  const { found, host } = await openHost(
    at,
    passOn((cameras) => writeLines(cameras, out)),
    acceptNotice ? id : undefined,
  );
  await using _closing = host;
  const notice = found.find(({ source }) => source?.id === id)?.source?.needs_notice ?? null;
  const isMissing = host.list().some((source) => source.id === id && source.needs_notice);
  if (notice !== null && isMissing) throw noticeNotAccepted(id, notice);
  at.signal.throwIfAborted();
  tellOptions(host, { id, acceptNotice }, at);
  const { id: scrapeId } = await host.start([id]);
  const cancel = (): void => void host.cancel();
  at.signal.addEventListener("abort", cancel, { once: true });
  // Nobody reads on: `argus sources run … | head`.
  out.once("error", cancel);
  const scrape = await endOf(host, scrapeId);
  at.signal.removeEventListener("abort", cancel);
  tellRejections(scrape, at);
  return EXIT_CODES[scrape.state] ?? EXIT_FAILED;
}

/** What differs from one machine to the next is worth a line. */
function tellOptions(
  host: SourceHost,
  { id, acceptNotice }: Pick<RunOptions, "id" | "acceptNotice">,
  { log, config }: Surroundings,
): void {
  if (!host.list().some((source) => source.id === id)) return;
  const { settings, page } = setOptions(host.details(id));
  // Accepted on the command line, it is set nowhere else.
  const isWritten = (name: string): boolean => !acceptNotice || name !== "accept_notice";
  const told = describeSetOptions({ settings: settings.filter(isWritten), page }, config.file);
  if (told !== null) log.info(told, { source: id });
}

/** Of many the first ones, as the scrape keeps no more. */
function tellRejections({ sources }: Scrape, { log }: Surroundings): void {
  for (const { rejections, rejected } of sources) {
    for (const { raw_id: rawId, reason } of rejections) log.warn("a camera was left out", { id: rawId, reason });
    const more = rejected - rejections.length;
    if (more > 0) log.warn("more cameras were left out", { more });
  }
}

async function endOf(host: SourceHost, scrapeId: string): Promise<Scrape> {
  const watching = new AbortController();
  for await (const { scrape } of host.subscribe({ signal: watching.signal }))
    if (scrape.id === scrapeId && scrape.finished_at !== null) return scrape;
  throw new Error("the host was closed before the scrape had ended");
}

async function writeLines(
  cameras: readonly ListedCamera[],
  out: NodeJS.WritableStream,
): Promise<{ new: number; changed: number; unchanged: number }> {
  const text = cameras.map((camera) => `${JSON.stringify(camera)}\n`).join("");
  // A reader that is slow slows the source down; one that has gone is seen to elsewhere.
  if (!out.write(text)) await Promise.race([once(out, "drain"), once(out, "close")]).catch(() => undefined);
  return { new: cameras.length, changed: 0, unchanged: 0 };
}
