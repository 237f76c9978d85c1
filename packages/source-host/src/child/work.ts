// Does the one job that this process was started for.
import { processEnded } from "../errors.ts";
import { describeFault } from "../bounded-text.ts";
import { WIRE } from "../wire/bounds.ts";
import type { Job, ToChild } from "../wire/to-child.ts";
import { fromWire, toWire } from "../wire/wire-error.ts";
import { AskedOfHost } from "./asked.ts";
import { Channel } from "./channel.ts";
import { raiseFence } from "./fence.ts";
import { doJob } from "./jobs.ts";
import { Outbox } from "./outbox.ts";
import { Reporter } from "./reporter.ts";
import { Resolving } from "./resolving.ts";

const channel = new Channel();
const stopping = new AbortController();
const outbox = new Outbox(channel, stopping.signal);
const transport = new AskedOfHost(channel, stopping.signal);
const reporter = new Reporter({ channel, outbox, transport });
const resolving = new Resolving(channel);

/** What was listed before goes first. */
async function fail(error: unknown): Promise<void> {
  const { code, message, retryable } = toWire(error);
  await reporter.flush();
  channel.send({ t: "failed", code, message, retryable });
}

async function start(job: Job): Promise<void> {
  try {
    const last = await doJob(job, { reporter, resolving, signal: stopping.signal });
    if (last !== null) channel.send(last);
  } catch (error) {
    await fail(error);
  }
}

function hear(message: ToChild, body: Buffer): void {
  if (message.t === "start") void start(message.job);
  else if (message.t === "taken") outbox.taken();
  else if (message.t === "camera") void resolving.answer(message);
  else if (message.t === "abort") stopping.abort(fromWire(message.reason));
  else transport.answered(message, body);
}

process.on("uncaughtException", (error) => {
  void fail(processEnded(`threw outside of its scrape, in a timer or a callback: ${describeFault(error)}`));
});
process.on("unhandledRejection", (reason) => {
  void fail(processEnded(`left a promise that failed without handling it: ${describeFault(reason)}`));
});
// A source that exits has listed what it has listed; what is small goes out at once, without a turn of the loop.
process.on("exit", () => outbox.sendWhatMayGo());
const ping = (): void => channel.send({ t: "ping", rss: process.memoryUsage.rss() });
setInterval(ping, WIRE.pingMs);
raiseFence();
ping();
channel.listen(hear);
