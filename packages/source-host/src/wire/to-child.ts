/** An error as it crosses to the other process. */
export type WireError = { code: string; message: string; retryable: boolean; details?: unknown };

type Code = { entry: string; options?: unknown };
type Env = Record<string, string>;

/** What a source's process is started for. */
export type Job =
  | { kind: "describe"; entries: string[] }
  | ({ kind: "check" } & Code)
  | ({ kind: "scrape"; env: Env } & Code)
  /** Cameras follow, one after the other, and the process lives on until the host ends it. */
  | ({ kind: "resolve"; env: Env } & Code);

/** What the host says to a source's process. */
export type ToChild =
  | { t: "start"; job: Job }
  /** A message with rows has been taken: another may follow. */
  | { t: "taken" }
  | { t: "abort"; reason: WireError }
  /** Where are this camera's pictures just now? */
  | { t: "camera"; id: number; camera: unknown }
  /** The body comes with the message. */
  | { t: "answer"; id: number; url: string; status: number; headers: Record<string, string> }
  | { t: "refused"; id: number; error: WireError };
