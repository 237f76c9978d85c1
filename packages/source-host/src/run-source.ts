import type { Log, LogFields } from "@argus/core/contract";
import type { ResolvableCamera, ScrapeContext, Source } from "@argus/source-sdk";
import { httpFrom, type HttpTransport } from "@argus/source-sdk/transport";

import { handledHttp } from "./handled.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * Where a running source's calls go. The host has one end and the source's process the other, with messages between
 * them. Nothing a source sends is trusted: the types are what is received, not what it should be.
 */
export type HostPorts = {
  readonly transport: HttpTransport;
  emit(camera: unknown): Promise<void>;
  reject(rawId: unknown, reason: unknown): void;
  progress(step: unknown): void;
  partial(reason: unknown): void;
  log(level: LogLevel, message: unknown, fields: LogFields | undefined): void;
};

/** The same with what the source is handed. */
export type SourcePorts = HostPorts & {
  readonly options: ScrapeContext["options"];
  readonly env: Readonly<Record<string, string>>;
};

/** Runs one source's scrape to its end. Throws what the source throws. */
export async function runSource(source: Source, ports: SourcePorts, signal: AbortSignal): Promise<void> {
  const context: ScrapeContext = Object.freeze({
    ...contextOf(ports, signal),
    emit: (camera: unknown) => ports.emit(camera),
    reject: (rawId: unknown, reason: unknown) => ports.reject(rawId, reason),
    progress: (step: unknown) => ports.progress(step),
    partial: (reason: unknown) => ports.partial(reason),
  });
  await source.scrape(context);
}

/** Asks a source where a camera's pictures are just now. Throws what the source throws. */
export async function runResolve(
  source: Source,
  camera: ResolvableCamera,
  ports: SourcePorts,
  signal: AbortSignal,
): Promise<unknown> {
  if (source.resolve === undefined) throw new Error("it has no resolve function");
  return await source.resolve(camera, Object.freeze(contextOf(ports, signal)));
}

function contextOf(
  ports: SourcePorts,
  signal: AbortSignal,
): Pick<ScrapeContext, "options" | "env" | "http" | "log" | "signal"> {
  const { options, env } = ports;
  return { options, env, http: handledHttp(httpFrom(ports.transport)), log: logOf(ports), signal };
}

function logOf(ports: SourcePorts): Log {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => ports.log(level, message, fields);
  return Object.freeze({ debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") });
}
