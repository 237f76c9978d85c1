import { Scrape, SourceInfo } from "@argus/core";
import { z } from "zod";

type Wrapped<Shape extends z.core.$ZodLooseShape> = z.ZodObject<Shape>;

export const SourcesAnswer: Wrapped<{ sources: z.ZodArray<typeof SourceInfo> }> = z.object({
  sources: z.array(SourceInfo),
});
export const ScrapeAnswer: Wrapped<{ scrape: typeof Scrape }> = z.object({ scrape: Scrape });
export const CurrentScrapeAnswer: Wrapped<{ scrape: z.ZodNullable<typeof Scrape> }> = z.object({
  scrape: Scrape.nullable(),
});
export const ScrapesAnswer: Wrapped<{ scrapes: z.ZodArray<typeof Scrape> }> = z.object({ scrapes: z.array(Scrape) });
