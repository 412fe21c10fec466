/**
 * Remembered judge answers. Values are JSON text; whoever reads one checks it again, so a store that lost, mixed up
 * or cut something costs a call and never a number.
 */
export interface JudgementStore {
  /** What is known of these keys; unknown ones are absent. */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  put(entries: readonly JudgementEntry[]): Promise<void>;
}

export interface JudgementEntry {
  key: string;
  body: string;
}

/** For the command line and tests: lives as long as the process. */
export function createMemoryStore(): JudgementStore {
  const known = new Map<string, string>();
  return {
    async get(keys) {
      const found = new Map<string, string>();
      for (const key of keys) {
        const body = known.get(key);
        if (body !== undefined) found.set(key, body);
      }
      return found;
    },
    async put(entries) {
      for (const { key, body } of entries) known.set(key, body);
    },
  };
}
