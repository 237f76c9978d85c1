import type { MessagePort, Transferable } from "node:worker_threads";

import { Connection } from "./connection.ts";
import type { Failure, FromThread, ToThread } from "./protocol.ts";

/** Answers what the main thread asks, in order: one connection after another, until the thread is ended. */
export function serve(port: MessagePort): void {
  const connection = new Connection();
  const send = (message: FromThread, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
  const answerWith = (id: number, answer: unknown): void =>
    send({ id, answer }, answer instanceof Uint32Array ? [answer.buffer as ArrayBuffer] : []);
  port.on("message", ({ id, request }: ToThread) => {
    try {
      if (request.kind === "backup") {
        connection
          .backup(request.target, (progress) => send({ id, progress }))
          .then(
            () => answerWith(id, null),
            (error: unknown) => send({ id, failure: toFailure(error) }),
          );
        return;
      }
      answerWith(id, connection.run(request));
    } catch (error) {
      send({ id, failure: toFailure(error) });
    }
  });
}

function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), code: "", stack: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { message: error.message, code, stack: error.stack ?? "" };
}
