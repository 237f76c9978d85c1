import type { SourceManifest } from "@argus/core";
import type { ResolvableCamera, ServedOrigin } from "@argus/source-sdk";

import type { ProcessBounds } from "./process/bounds.ts";
import type { HostPorts } from "./run-source.ts";
import type { OptionsRead } from "./wire/to-host.ts";

/** What code is run with. */
export type CodeInput = {
  /** As configured; the source's own schema reads them, where its code runs. */
  options: unknown;
  env: Readonly<Record<string, string>>;
  ports: HostPorts;
  /** Aborted to stop it: it is told, and then waited for. */
  signal: AbortSignal;
  bounds: ProcessBounds;
};

/** Something that runs; `end` ends it without asking, and then `ended` rejects. */
export type Running<Value> = { ended: Promise<Value>; end(): void };

/** A source's code that is loaded and waits for cameras, of which it is asked about one at a time. */
export type ResolvingCode = {
  /** Where the camera's pictures are; what comes back has not been checked. Rejects with what the source failed of. */
  ask(camera: ResolvableCamera): Promise<unknown>;
  /** It answers nothing more: it was ended, or has ended. */
  readonly isOver: boolean;
  /** Settles when nothing of it is left running; never rejects. */
  readonly ended: Promise<void>;
  /** Ends it without asking. */
  end(): void;
};

/** A source as the host holds it: what it declares, and a way to run its code, which is not in this process. */
export type SourceCode = SourceManifest & {
  /** JSON Schema of the options as they are written in the settings; null when it cannot be told. */
  readonly optionsSchema: Readonly<Record<string, unknown>> | null;
  readonly canResolve: boolean;
  /** How its options read when none are configured. */
  readonly defaults: OptionsRead;
  checkOptions(options: unknown, bounds: ProcessBounds, signal: AbortSignal): OptionsRead | Promise<OptionsRead>;
  scrape(input: CodeInput): Running<void>;
  openResolving(input: CodeInput): ResolvingCode;
  /** Only of a package that the app itself depends on. @throws what the source throws. */
  openOrigin?(options: unknown): ServedOrigin;
};
