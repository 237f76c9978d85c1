import { describeFault } from "./bounded-text.ts";
import { type Allowance, type OptionValues, readOwnOptions, splitOptions } from "./own-options.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import type { SourceCode } from "./source-code.ts";
import type { OptionsRead } from "./wire/to-host.ts";

/** What a check is bounded and stopped by. */
export type CheckBounds = { bounds: ProcessBounds; signal: AbortSignal };

/** Options of one source, and how its schema reads them: at once where it can, else as soon as its process has said. */
export class JoinedOptions {
  /** What is given to the source: without what is the host's. */
  readonly raw: unknown;
  /** What somebody has set, apart from the app's settings. */
  readonly user: OptionValues;
  /** Null when nobody has said. */
  readonly intervalS: number | null;
  /** What its processes may take. */
  readonly allowance: Allowance;
  /** What the app's settings say about the notice; null when they say nothing. */
  readonly hasAcceptedNotice: boolean | null;
  /** Settles when the source has been asked; never rejects. */
  readonly settled: Promise<void>;
  #read: OptionsRead | null = null;

  /** `fixed` stands in the app's settings and wins over `user`; what is no object is left to be refused. */
  constructor(source: SourceCode, { fixed, user }: { fixed: unknown; user: OptionValues }, check: CheckBounds) {
    const { raw, own } = isValues(fixed) ? splitOptions(source, { ...user, ...fixed }) : { raw: fixed, own: {} };
    const read = readOwnOptions(own);
    this.raw = raw;
    this.user = user;
    this.intervalS = read.intervalS;
    this.allowance = { deadlineS: read.deadlineS, memoryMb: read.memoryMb };
    this.hasAcceptedNotice = read.hasAcceptedNotice;
    const { problem, issues } = read;
    this.settled = this.#settle(problem === null ? this.#ask(source, check) : { problem, issues, base_url: null });
  }

  /** Null while the source is still being asked. */
  get read(): OptionsRead | null {
    return this.#read;
  }

  #ask(source: SourceCode, { bounds, signal }: CheckBounds): OptionsRead | Promise<OptionsRead> {
    if (isEmpty(this.raw)) return source.defaults;
    const memoryMb = this.allowance.memoryMb ?? bounds.memoryMb;
    return source.checkOptions(this.raw, { ...bounds, memoryMb }, signal);
  }

  // At once where it can be: a host that has just been made knows how its sources stand.
  #settle(read: OptionsRead | Promise<OptionsRead>): Promise<void> {
    if (!(read instanceof Promise)) {
      this.#read = read;
      return Promise.resolve();
    }
    const failed = (error: unknown): OptionsRead => ({
      problem: `cannot be checked: ${describeFault(error)}`,
      base_url: null,
    });
    return read.catch(failed).then((known) => void (this.#read = known));
  }
}

function isValues(options: unknown): options is OptionValues {
  return typeof options === "object" && options !== null && !Array.isArray(options);
}

function isEmpty(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === "object" && Object.keys(raw).length === 0);
}
