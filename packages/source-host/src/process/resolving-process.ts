import type { ResolvableCamera } from "@argus/source-sdk";

import { protocolBroken } from "../errors.ts";
import type { CodeInput, ResolvingCode } from "../source-code.ts";
import type { Job } from "../wire/to-child.ts";
import { fromWire } from "../wire/wire-error.ts";
import type { Launch } from "./launch.ts";
import { type CameraAnswer, type ProcessRun, runInProcess } from "./run-in-process.ts";

/** A source's process that says of one camera after the other where its pictures are, until it is ended. */
export class ResolvingProcess implements ResolvingCode {
  readonly #run: ProcessRun;
  readonly ended: Promise<void>;
  #lastId = 0;
  #asked: PromiseWithResolvers<unknown> | null = null;
  #end: { why: unknown } | null = null;

  constructor(launch: Launch, job: Extract<Job, { kind: "resolve" }>, input: CodeInput, secrets: Iterable<string>) {
    this.#run = runInProcess(launch, job, input, secrets, (answer) => this.#answered(answer));
    this.ended = this.#run.ended.then(
      ({ t }) => this.#over(protocolBroken(`answered "${t}" where it was to wait for cameras`)),
      (error: unknown) => this.#over(error),
    );
  }

  get isOver(): boolean {
    return this.#end !== null;
  }

  async ask(camera: ResolvableCamera): Promise<unknown> {
    if (this.#end !== null) throw this.#end.why;
    if (this.#asked !== null) throw new TypeError("it is asked about one camera at a time");
    this.#lastId += 1;
    this.#asked = Promise.withResolvers();
    this.#run.send({ t: "camera", id: this.#lastId, camera });
    return await this.#asked.promise;
  }

  end(): void {
    this.#run.end();
  }

  #answered(answer: CameraAnswer): void {
    const asked = this.#asked;
    if (asked === null || answer.id !== this.#lastId)
      throw protocolBroken(`told of a camera (${answer.id}) that it was not asked about`);
    this.#asked = null;
    if (answer.t === "resolved") asked.resolve(answer.urls);
    else asked.reject(fromWire(answer));
  }

  #over(why: unknown): void {
    this.#end = { why };
    this.#asked?.reject(why);
    this.#asked = null;
  }
}
