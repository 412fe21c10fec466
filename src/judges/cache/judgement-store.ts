/**
 * Remembered judge answers. Values are JSON text; whoever reads one checks it again, so a store that lost, mixed up
 * or cut something costs a call and never a number.
 */
export interface JudgementStore {
  /** What is known of these keys; unknown ones are absent. */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  put(entries: readonly JudgementEntry[]): Promise<void>;
}

interface JudgementEntry {
  key: string;
  body: string;
}

/** What is remembered under the key, as `read` takes it. A store that is away, or holds something else, costs a call. */
export async function readRemembered<T>(
  store: JudgementStore,
  key: string,
  read: (stored: unknown) => T | null,
): Promise<T | null> {
  try {
    const body = (await store.get([key])).get(key);
    return body === undefined ? null : read(JSON.parse(body));
  } catch {
    return null;
  }
}

export async function remember(store: JudgementStore, key: string, value: unknown): Promise<void> {
  await store.put([{ key, body: JSON.stringify(value) }]).catch(() => undefined);
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

/** The same store, and the keys of everything that was found in it or put into it since. */
export function trackKeys(store: JudgementStore): {
  store: JudgementStore;
  keys: ReadonlySet<string>;
} {
  const keys = new Set<string>();
  return {
    keys,
    store: {
      async get(asked) {
        const found = await store.get(asked);
        for (const key of found.keys()) keys.add(key);
        return found;
      },
      async put(entries) {
        await store.put(entries);
        for (const { key } of entries) keys.add(key);
      },
    },
  };
}
