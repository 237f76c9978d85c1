import type { Source } from "@argus/source-sdk";

import { checkSource } from "../check-source.ts";
import { schemaOf } from "../child/describe.ts";
import { readOptions, toOptionsRead } from "../read-options.ts";
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
  const read = (raw: unknown): OptionsRead => toOptionsRead(readOptions(source, raw ?? {}));
  return {
    ...manifest,
    optionsSchema: schemaOf(options),
    canResolve: resolve !== undefined,
    defaults: read({}),
    checkOptions: read,
    scrape: (input) => running((end) => Promise.race([end, runSource(source, parsed(input), input.signal)])),
    openResolving(input) {
      const end = Promise.withResolvers<never>();
      const state = { isOver: false };
      return {
        ask: (camera) => Promise.race([end.promise, runResolve(source, camera, parsed(input), input.signal)]),
        get isOver() {
          return state.isOver;
        },
        ended: end.promise.catch(() => void (state.isOver = true)),
        end: () => end.reject(new Error("ended")),
      };
    },
    ...(openOrigin === undefined ? {} : { openOrigin: (raw) => openOrigin(options.parse(raw ?? {})) }),
  };
}

function running<Value>(start: (end: Promise<never>) => Promise<Value>): { ended: Promise<Value>; end(): void } {
  const end = Promise.withResolvers<never>();
  end.promise.catch(() => undefined);
  return { ended: start(end.promise), end: () => end.reject(new Error("ended")) };
}
