import type { ArgusProcess } from "../../support/argus-process.ts";
import type { TestSource } from "../../support/source-package.ts";
import { type Figure, median } from "../table.ts";
import { openToldOrigin, type ToldOrigin } from "./told-origin.ts";
import { withSources } from "./with-sources.ts";

const RUNS = 9;
const OTHERS = 4;
const AIM_RATIO = 1;

/** Lists cameras and tells its origin that it has. */
const GOOD = `for (let n = 0; n < 1000; n += 1) await ctx.emit(camera(String(n)));
  await ctx.http.text(ctx.options.base_url + "/" + ctx.options.name);`;
const CALM: TestSource = goodSource("calm");
const BAD: readonly (TestSource & { does: string })[] = [
  { id: "hangs", does: "never answers", scrape: "await new Promise(() => {});" },
  { id: "loops", does: "computes in a loop", scrape: "for (;;);" },
  { id: "dies", does: "exits at once", scrape: "process.exit(1);" },
  {
    id: "floods",
    does: "lists without end and without waiting",
    scrape: `for (let n = 0; ; n += 1) {
      void ctx.emit(camera(String(n)));
      if (n % 1000 === 0) await new Promise((go) => setImmediate(go));
    }`,
  },
];

function goodSource(id: string): TestSource {
  return { id, options: `name: z.string().default("${id}")`, scrape: GOOD };
}

/** By how much four sources end later when a fifth misbehaves, against a fifth that does as they do. */
export async function benchDelay(): Promise<Figure[]> {
  const others = Array.from({ length: OTHERS }, (_, n) => goodSource(`other-${n}`));
  const fifths = [CALM, ...BAD];
  const times = new Map<string, number[]>(fifths.map(({ id }) => [id, []]));
  await using origin = await openToldOrigin();
  await withSources([...fifths, ...others], origin.url, async (argus) => {
    for (let run = 0; run < RUNS; run += 1) {
      for (const { id } of fifths) times.get(id)?.push(await timeOfOthers(argus, origin, others, id));
    }
  });
  const calm = times.get(CALM.id) ?? [];
  process.stderr.write(`four sources beside a fifth like them end after ${median(calm).toFixed(2)} s\n`);
  return BAD.map(({ id, does }) => ({
    what: `time of the others beside a source that ${does}`,
    unit: "×",
    // Against the calm of the same round: what else the machine does changes from round to round.
    values: (times.get(id) ?? []).map((seconds, round) => seconds / (calm[round] ?? Number.NaN)),
    aim: AIM_RATIO,
  }));
}

/** Seconds until the last of the others has told that it has ended. The fifth goes first. */
async function timeOfOthers(
  { client }: ArgusProcess,
  origin: ToldOrigin,
  others: readonly TestSource[],
  fifth: string,
): Promise<number> {
  const started = performance.now();
  await client.startScrape([fifth, ...others.map(({ id }) => id)]);
  const waitFor = new Set(others.map(({ id }) => `/${id}`));
  let seconds = 0;
  while (waitFor.size > 0) {
    const { path, at, answer } = await origin.next();
    answer();
    if (waitFor.delete(path)) seconds = (at - started) / 1000;
  }
  // It may be over by now.
  await client.cancelScrape().catch(() => undefined);
  return seconds;
}
