// `pnpm bench`: figures of docs/performance.md, measured on this machine, as medians.
import { benchPage } from "./page.ts";
import { benchScrape } from "./scrape.ts";
import { benchStart } from "./start.ts";
import { printTable, type Figure } from "./table.ts";

const figures: Figure[] = [...(await benchStart()), ...(await benchScrape()), ...(await benchPage())];
printTable(figures);
