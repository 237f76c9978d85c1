import type { ArgusError } from "@argus/core";
import { JSONParser } from "@streamparser/json";

const ROOT_DEPTH = 1;
const POSITION = /chunk position "\d+" \(absolute position "(\d+)"\)/u;

/** A member of the document (`list` is null), or an entry of the list or object that is its member `list`. */
export type JsonPart = { list: string | null; key: string | number | undefined; value: unknown };

/** Takes parts out of a JSON text as it comes in, so that a large one neither stands whole in memory nor stops the program. */
export class JsonParts {
  readonly #parser: JSONParser;
  readonly #fail: (why: string, cause: unknown) => ArgusError;
  #parts: JsonPart[] = [];
  #error: Error | null = null;

  /** `paths` like `$.type` and `$.features.*`; `fail` makes the error of what is no JSON. */
  constructor(paths: string[], fail: (why: string, cause: unknown) => ArgusError) {
    this.#fail = fail;
    this.#parser = new JSONParser({ paths, keepStack: false });
    this.#parser.onError = (error) => (this.#error ??= error);
    this.#parser.onValue = ({ key, value, stack }) => {
      const list = stack.length === ROOT_DEPTH ? null : String(stack[ROOT_DEPTH]?.key);
      this.#parts.push({ list, key, value });
    };
  }

  /** What has become whole. @throws what `fail` made */
  read(chunk: string): JsonPart[] {
    this.#parser.write(chunk);
    return this.#taken();
  }

  /** @throws what `fail` made, also where the text ends too early */
  end(): JsonPart[] {
    if (!this.#parser.isEnded) this.#parser.end();
    return this.#taken();
  }

  #taken(): JsonPart[] {
    if (this.#error !== null) {
      throw this.#fail(`it is no JSON: ${this.#error.message.replace(POSITION, "character $1")}`, this.#error);
    }
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }
}
