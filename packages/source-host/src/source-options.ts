import { type CheckBounds, JoinedOptions } from "./joined-options.ts";
import type { OptionValues } from "./own-options.ts";
import type { SourceCode } from "./source-code.ts";

export type SourceOptionsParts = CheckBounds & {
  sources: readonly SourceCode[];
  /** By source id, as the app's settings have them; these win. */
  configured: Readonly<Record<string, unknown>>;
};

/** The options of all sources: what the app's settings fix, with what their user has set besides. */
export class SourceOptions {
  readonly #parts: SourceOptionsParts;
  readonly #inForce = new Map<string, JoinedOptions>();

  constructor(parts: SourceOptionsParts) {
    this.#parts = parts;
    for (const source of parts.sources) this.use(source, this.join(source, {}));
  }

  /** As the app's settings have them; nothing is an empty object. */
  fixed(sourceId: string): unknown {
    return (Object.hasOwn(this.#parts.configured, sourceId) ? this.#parts.configured[sourceId] : null) ?? {};
  }

  /** What the options would be with these of the user's; they are checked, and not in force yet. */
  join(source: SourceCode, user: OptionValues): JoinedOptions {
    return new JoinedOptions(source, { fixed: this.fixed(source.id), user }, this.#parts);
  }

  /** From now on these are the source's options. */
  use(source: SourceCode, options: JoinedOptions): void {
    this.#inForce.set(source.id, options);
  }

  /** Those in force. */
  of(source: SourceCode): JoinedOptions {
    const known = this.#inForce.get(source.id) ?? this.join(source, {});
    this.use(source, known);
    return known;
  }
}
