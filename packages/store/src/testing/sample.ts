import type { ListedCamera, Scrape } from "@argus/core";

/** A listed camera with nothing special about it; `id` is the full id. */
export function sample(id: string, fields: Partial<ListedCamera> = {}): ListedCamera {
  return {
    id,
    source_id: id.slice(0, id.indexOf(":")),
    name: `Camera ${id}`,
    description: null,
    lat: null,
    lon: null,
    country: null,
    region: null,
    city: null,
    heading_deg: null,
    stream_url: `https://cameras.example.org/${encodeURIComponent(id)}.mjpg`,
    stream_kind: "mjpeg",
    snapshot_url: `https://cameras.example.org/${encodeURIComponent(id)}.jpg`,
    page_url: null,
    refresh_s: null,
    tags: [],
    manufacturer: null,
    attribution: "Example",
    licence: "unknown",
    terms_url: null,
    ...fields,
  };
}

export function sampleScrape(id: string, started_at: string): Scrape {
  const counts = { found: 1, new: 1, changed: 0, unchanged: 0, gone: 0, rejected: 0, rejections: [] };
  const steps = { message: null, steps_done: null, steps_total: 3 };
  const times = { started_at, finished_at: null };
  return {
    id,
    state: "running",
    sources: [{ source_id: "a", state: "running", ...steps, ...counts, ...times }],
    ...times,
  };
}

/** A clock that stands still until it is moved on. */
export class TestClock {
  ms: number = Date.UTC(2026, 10, 21);

  readonly read = (): number => this.ms;

  get iso(): string {
    return new Date(this.ms).toISOString();
  }

  /** Moves on by minutes and returns the new time. */
  pass(minutes = 1): string {
    this.ms += minutes * 60_000;
    return this.iso;
  }
}
