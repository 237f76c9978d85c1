import { type CameraInput, type Log, parseOrThrow, SourceManifest } from "@argus/core/contract";
import type { z } from "zod";

import { invalidSource } from "./errors.ts";
import type { PoliteHttp } from "./http.ts";
import type { ResolvableCamera, ResolvedUrls } from "./resolve.ts";

/** A zod object in which every field has a default and `base_url` is where the origin answers. */
export type SourceOptions = z.ZodObject<{ base_url: z.ZodType<string> }>;

/** What a scrape is handed. Everything it may touch is in here. */
export type ScrapeContext<Options = z.output<SourceOptions>> = {
  readonly options: Options;
  /** The declared environment variables and no others. */
  readonly env: Readonly<Record<string, string>>;
  readonly http: PoliteHttp;
  readonly log: Log;
  /** Aborted when the scrape is cancelled or out of time; its reason is the error to end with. */
  readonly signal: AbortSignal;
  /** Hands over a camera. The host validates it: an invalid one is rejected and counted, and this does not throw for it. */
  emit(camera: CameraInput): Promise<void>;
  /** Counts a row that the source itself had to drop, and why. */
  reject(rawId: string, reason: string): void;
  /** Steps done and in all (pages, districts, …) and what is being done now. */
  progress(step: { done?: number; total?: number; message?: string }): void;
  /** Some of the origin could not be read: the scrape ends `partial`, and no camera is marked gone. */
  partial(reason: string): void;
};

/** What `resolve` is handed: of a scrape's context what there is when nothing is scraped. */
export type ResolveContext<Options = z.output<SourceOptions>> = Pick<
  ScrapeContext<Options>,
  "options" | "env" | "http" | "log" | "signal"
>;

/** An origin that lives inside the source's package: answers requests without any network. `request.signal` aborts when the viewer leaves. */
export type OriginHandler = (request: Request) => Promise<Response>;

/** A running origin and the host name it answers for, like `demo.argus.invalid` (RFC 2606: it never resolves). */
export type ServedOrigin = AsyncDisposable & { host: string; handle: OriginHandler };

/** A plugin that lists the cameras of one origin. */
export type Source = SourceManifest & {
  readonly options: SourceOptions;
  scrape(this: void, ctx: ScrapeContext): Promise<void>;
  resolve?(this: void, camera: ResolvableCamera, ctx: ResolveContext): Promise<ResolvedUrls>;
  openOrigin?(this: void, options: z.output<SourceOptions>): ServedOrigin;
};

/** What an author writes; `options` gives `ctx.options` its type. */
export type SourceDefinition<Options extends SourceOptions> = Omit<z.input<typeof SourceManifest>, "terms_url"> & {
  terms_url?: string | null;
  /** Every field has a default, so that the source works with nothing configured. */
  options: Options;
  /** Reads the origin once and emits every camera it lists. Throws when it could not. */
  scrape(this: void, ctx: ScrapeContext<z.output<Options>>): Promise<void>;
  /**
   * Only for an origin whose picture addresses rotate or expire: called when a camera is viewed, and its answer kept for
   * as long as it says. Such a source emits as `stream_url` an address that stays and names the camera at the origin.
   */
  resolve?(this: void, camera: ResolvableCamera, ctx: ResolveContext<z.output<Options>>): Promise<ResolvedUrls>;
  /** Only for a source that brings its own origin. */
  openOrigin?(this: void, options: z.output<Options>): ServedOrigin;
};

/**
 * Makes a source of its definition; a source package's default export.
 * @throws ArgusError ARGUS_SOURCE_INVALID naming each wrong field.
 */
export function defineSource<Options extends SourceOptions>(definition: SourceDefinition<Options>): Source {
  const what = `source ${nameOf(definition)}`;
  const manifest = parseOrThrow(
    SourceManifest,
    { ...definition, terms_url: definition.terms_url ?? null },
    what,
    "ARGUS_SOURCE_INVALID",
  );
  checkOptions(definition.options, what);
  checkOriginOptions(manifest.origin_options, definition.options, what);
  const { options, scrape, resolve, openOrigin } = definition;
  if (typeof scrape !== "function") throw invalidSource(what, "scrape must be a function");
  for (const [name, value] of Object.entries({ resolve, openOrigin })) {
    if (value !== undefined && typeof value !== "function")
      throw invalidSource(what, `${name} must be a function, or be left out`);
  }
  return Object.freeze({
    ...manifest,
    options,
    scrape,
    ...(resolve === undefined ? {} : { resolve }),
    ...(openOrigin === undefined ? {} : { openOrigin }),
  });
}

function nameOf(definition: unknown): string {
  const id = typeof definition === "object" && definition !== null && "id" in definition ? definition.id : undefined;
  return typeof id === "string" && id !== "" ? `"${id.slice(0, MAX_SHOWN_ID)}"` : "without an id";
}

// A source need not be written in TypeScript, so what its types promise is checked again.
function checkOptions(options: unknown, what: string): void {
  if (!isObjectSchema(options))
    throw invalidSource(what, "options must be a zod object: z.object({ base_url: z.url().default(…) })");
  if (!("base_url" in options.shape))
    throw invalidSource(what, "options lacks base_url: add base_url: z.url().default(<the origin's address>)");
  const defaults = options.safeParse({});
  if (!defaults.success) {
    const fields = defaults.error.issues.map((issue) => issue.path.map(String).join(".")).join(", ");
    throw invalidSource(
      what,
      `every option needs a default, so that it works unconfigured; these lack a valid one: ${fields}`,
    );
  }
  const { base_url: baseUrl } = defaults.data;
  if (typeof baseUrl !== "string" || !WEB_URL.test(baseUrl))
    throw invalidSource(what, "base_url must default to an http or https URL");
}

function checkOriginOptions(paths: readonly string[], { shape }: SourceOptions, what: string): void {
  const unknown = paths.find((path) => !Object.hasOwn(shape, path.split(".", 1)[0] ?? ""));
  if (unknown !== undefined) throw invalidSource(what, `origin_options names ${unknown}, and it has no such option`);
}

function isObjectSchema(options: unknown): options is z.ZodObject {
  return typeof options === "object" && options !== null && "shape" in options && "safeParse" in options;
}

const MAX_SHOWN_ID = 64;
const WEB_URL = /^https?:\/\/[^/]+/u;
