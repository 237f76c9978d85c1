import { pagesOf, readRows, type ResolveContext, type ScrapeContext } from "@argus/source-sdk";
import { z } from "zod";

import { Category, Pictures, Place, WebcamPage } from "./schema.ts";

const API = "/webcams/api/v3";
/** The most webcams an answer may have. */
const PAGE_SIZE = 50;
/** What a list of webcams is narrowed to. */
export type Filter = { countries?: string; regions?: string; categories?: string };

type Settings = { base_url: string; max_offset: number; max_requests: number };
type Asking = Pick<ResolveContext, "http" | "env"> & { options: Pick<Settings, "base_url"> };

/** The address that stays and names a webcam. */
export function addressOf({ base_url }: Pick<Settings, "base_url">, id: string): string {
  return `${base_url}${API}/webcams/${encodeURIComponent(id)}`;
}

/** The present picture of a webcam, under an address that expires; null when it has none. */
export async function pictureOf(ctx: Asking, id: string): Promise<string | null> {
  const search = { include: "images" };
  const { images } = await ctx.http.json(addressOf(ctx.options, id), Pictures, { headers: headersOf(ctx), search });
  return images?.current?.preview ?? null;
}

/** Windy's lists as one scrape reads them, with the requests counted. */
export class WindyApi {
  readonly #ctx: ScrapeContext<Settings>;
  #requests = 0;
  #regions: Promise<string[]> | null = null;
  #categories: Promise<string[]> | null = null;

  constructor(ctx: ScrapeContext<Settings>) {
    this.#ctx = ctx;
  }

  /** How many webcams of one list can be had: the API refuses offsets past a limit. */
  get reach(): number {
    return this.#ctx.options.max_offset + PAGE_SIZE;
  }

  /** Whether as much was asked as the options allow. */
  get isSpent(): boolean {
    return this.#requests >= this.#ctx.options.max_requests;
  }

  async countries(): Promise<string[]> {
    return (await this.#list("countries", Place)).map(({ code }) => code);
  }

  async regionsOf(country: string): Promise<string[]> {
    this.#regions ??= this.#list("regions", Place).then((regions) => regions.map(({ code }) => code));
    return (await this.#regions).filter((code) => code.startsWith(`${country}.`));
  }

  async categories(): Promise<string[]> {
    this.#categories ??= this.#list("categories", Category).then((categories) => categories.map(({ id }) => id));
    return await this.#categories;
  }

  /** The pages of a list as far as they can be had, each with how many webcams there are in all. */
  async *pages(filter: Filter): AsyncGenerator<{ rows: readonly unknown[]; total: number }> {
    let total = 0;
    const read = async (offset: number) => {
      const search = { ...filter, limit: PAGE_SIZE, offset, include: "location,categories,urls" };
      const page = await this.#get("webcams", WebcamPage, search);
      total = page.total;
      // A list's end is where its offsets end; who reads it compares what came with the total.
      const more = offset < this.#ctx.options.max_offset && offset + page.webcams.length < total && !this.isSpent;
      return { rows: page.webcams, more };
    };
    const quiet = { ...this.#ctx, progress: () => undefined };
    for await (const rows of pagesOf(quiet, { by: "offset", size: PAGE_SIZE, read })) yield { rows, total };
  }

  async #list<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema>[]> {
    return readRows(await this.#get(name, z.array(z.unknown())), schema, this.#ctx);
  }

  async #get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    search: Record<string, string | number> = {},
  ): Promise<z.output<Schema>> {
    this.#requests += 1;
    const { http, options } = this.#ctx;
    return await http.json(`${options.base_url}${API}/${path}`, schema, { headers: headersOf(this.#ctx), search });
  }
}

function headersOf({ env }: Pick<ResolveContext, "env">): Record<string, string> {
  return { "x-windy-api-key": env["WINDY_API_KEY"] ?? "" };
}
