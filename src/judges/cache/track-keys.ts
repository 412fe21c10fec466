import type { JudgementStore } from "./judgement-store.ts";

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
