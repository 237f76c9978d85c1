/** What the page remembers between two visits. */
export type Memory = {
  /** The parsed value, or undefined when there is none that can be read. */
  read(key: string): unknown;
  write(key: string, value: unknown): void;
};

/** Local storage, or forgetfulness where it is blocked, full or holds what is not JSON. */
export function browserMemory(storage: () => Pick<Storage, "getItem" | "setItem">): Memory {
  return {
    read(key) {
      try {
        return (JSON.parse(storage().getItem(key) ?? "null") as unknown) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(key, value) {
      try {
        storage().setItem(key, JSON.stringify(value));
      } catch {
        // A page that cannot remember works all the same.
      }
    },
  };
}
