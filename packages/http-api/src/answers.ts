import { Collection, Favourite, Note, Scrape, SourceInfo, Wall } from "@argus/core";
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
export const FavouriteAnswer: Wrapped<{ favourite: z.ZodNullable<typeof Favourite> }> = z.object({
  favourite: Favourite.nullable(),
});
export const NoteAnswer: Wrapped<{ note: z.ZodNullable<typeof Note> }> = z.object({ note: Note.nullable() });
export const CollectionsAnswer: Wrapped<{ collections: z.ZodArray<typeof Collection> }> = z.object({
  collections: z.array(Collection),
});
export const WallsAnswer: Wrapped<{ walls: z.ZodArray<typeof Wall> }> = z.object({ walls: z.array(Wall) });
