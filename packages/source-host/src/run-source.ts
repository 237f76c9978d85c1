import type { LogFields } from "@argus/core";
import type { PoliteHttp, ScrapeContext, Source } from "@argus/source-sdk";

export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * Everything that passes between a running source and its host, each a message: so that a source can run in a process
 * of its own one day, with the same host on the other end. Nothing a source sends is trusted: the types are what is
 * received, not what it should be.
 */
export type SourcePorts = {
  readonly options: ScrapeContext["options"];
  readonly env: Readonly<Record<string, string>>;
  readonly http: PoliteHttp;
  emit(camera: unknown): Promise<void>;
  reject(rawId: unknown, reason: unknown): void;
  progress(step: unknown): void;
  partial(reason: unknown): void;
  log(level: LogLevel, message: unknown, fields: LogFields | undefined): void;
};

/** Runs one source's scrape to its end. Throws what the source throws. */
export async function runSource(source: Source, ports: SourcePorts, signal: AbortSignal): Promise<void> {
  const logAs = (level: LogLevel) => (message: string, fields?: LogFields) => ports.log(level, message, fields);
  const context: ScrapeContext = Object.freeze({
    options: ports.options,
    env: ports.env,
    http: ports.http,
    log: Object.freeze({ debug: logAs("debug"), info: logAs("info"), warn: logAs("warn"), error: logAs("error") }),
    signal,
    emit: (camera: unknown) => ports.emit(camera),
    reject: (rawId: unknown, reason: unknown) => ports.reject(rawId, reason),
    progress: (step: unknown) => ports.progress(step),
    partial: (reason: unknown) => ports.partial(reason),
  });
  await source.scrape(context);
}
