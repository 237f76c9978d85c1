import type { Source } from "@argus/source-sdk";

import { checkSource } from "../check-source.ts";
import { readOptions } from "../read-options.ts";
import { runResolve, runSource } from "../run-source.ts";
import type { CodeInput, SourceCode } from "../source-code.ts";
import type { OptionsRead } from "../wire/to-host.ts";

/** A source whose code runs in this very process, so that tests may hold its strings. */
export function inThisProcess(source: Source): SourceCode {
  const { options, scrape: _scrape, resolve, openOrigin, ...manifest } = checkSource(source);
  const parsed = (input: CodeInput) => ({
    ...input.ports,
    env: input.env,
    options: options.parse(input.options ?? {}),
  });
  const read = (raw: unknown): OptionsRead => {
    const { problem, options: values } = readOptions(source, raw ?? {});
    return { problem, base_url: values?.base_url ?? null };
  };
  return {
    ...manifest,
    optionsSchema: null,
    canResolve: resolve !== undefined,
    defaults: read({}),
    checkOptions: read,
    scrape: (input) => running((end) => Promise.race([end, runSource(source, parsed(input), input.signal)])),
    resolve: (camera, input) =>
      running((end) => Promise.race([end, runResolve(source, camera, parsed(input), input.signal)])),
    ...(openOrigin === undefined ? {} : { openOrigin: (raw) => openOrigin(options.parse(raw ?? {})) }),
  };
}

function running<Value>(start: (end: Promise<never>) => Promise<Value>): { ended: Promise<Value>; end(): void } {
  const end = Promise.withResolvers<never>();
  end.promise.catch(() => undefined);
  return { ended: start(end.promise), end: () => end.reject(new Error("ended")) };
}
