// `pnpm bench [group [numbers]]`: figures of docs/performance.md, measured on this machine, as medians.
import { benchPage } from "./page.ts";
import { benchScrape } from "./scrape.ts";
import { benchSources } from "./sources.ts";
import { benchStart } from "./start.ts";
import { benchStore } from "./store.ts";
import { type Figure, printTable } from "./table.ts";

const USAGE = `Usage: pnpm bench [start | scrape | sources | page | store [cameras …]]

Without a name, all of them. store takes numbers of cameras, such as 10000 100000. sources: all recorded lists together, a
source's process, what one that misbehaves does to the others, and the suites of all sources; about three minutes.
`;
const EXIT_USAGE = 2;

const printed = (measure: () => Promise<Figure[]>) => async (): Promise<void> => printTable(await measure());

/** What each group runs, with the numbers after its name. */
const GROUPS: Readonly<Record<string, (numbers: readonly number[]) => Promise<void>>> = {
  start: printed(benchStart),
  scrape: printed(benchScrape),
  sources: printed(benchSources),
  page: printed(benchPage),
  store: benchStore,
};

/** What is wrong with the words after `pnpm bench`, or null. */
function problemOf(name: string | undefined, numbers: readonly string[]): string | null {
  if (name === undefined) return null;
  if (!Object.hasOwn(GROUPS, name)) return `there is no group "${name}"`;
  if (name !== "store" && numbers.length > 0) return `"${numbers[0]}" is one word too many`;
  const wrong = numbers.find((text) => !/^[1-9]\d{2,7}$/u.test(text));
  return wrong === undefined ? null : `"${wrong}" is no number of cameras from 100 to 99999999`;
}

const [name, ...numbers] = process.argv.slice(2).filter((word) => word !== "--");
const problem = problemOf(name, numbers);
if (problem !== null) {
  process.stderr.write(`bench: ${problem}\n\n${USAGE}`);
  process.exitCode = EXIT_USAGE;
} else if (name === undefined) {
  printTable([...(await benchStart()), ...(await benchScrape()), ...(await benchSources()), ...(await benchPage())]);
  await benchStore();
} else {
  await GROUPS[name]?.(numbers.map(Number));
}
