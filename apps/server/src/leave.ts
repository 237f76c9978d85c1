const LEAVE_AFTER_MS = 250;

/** Ends the process soon, should a timer or socket that a source left behind keep it from ending by itself. */
export function leaveSoon(): void {
  setTimeout(() => process.exit(), LEAVE_AFTER_MS).unref();
}

/** Lets output go nowhere once its reader has gone (`argus serve | head`, a closed terminal) instead of ending the process. */
export function outliveReaders(): void {
  // There is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}
