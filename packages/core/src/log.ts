/** Particulars of a log line: short values, never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where a package writes what it has to say; the app decides where that goes. */
export type Log = {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
};

const ignore = (): void => undefined;

/** Says nothing; the default where no log is handed in. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
