import { type Accessor, createMemo, createSignal } from "solid-js";

export interface Selection {
  ids: Accessor<readonly string[]>;
  has: (id: string) => boolean;
  /** With `isRange` everything between the last one and this follows. */
  toggle: (id: string, isRange: boolean) => void;
  selectAll: () => void;
  clear: () => void;
}

/** What is ticked of a list. What leaves the list is no longer ticked. */
export function createSelection(listed: Accessor<readonly string[]>): Selection {
  const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set());
  let anchor: string | null = null;
  const ids = createMemo(() => {
    const set = ticked();
    return set.size === 0 ? [] : listed().filter((id) => set.has(id));
  });
  const shown = createMemo(() => new Set(ids()));
  return {
    ids,
    has: (id) => shown().has(id),
    toggle(id, isRange) {
      const isTicked = !shown().has(id);
      const range = isRange ? between(listed(), anchor, id) : [id];
      anchor = id;
      setTicked((before) => {
        const after = new Set(before);
        for (const one of range) {
          if (isTicked) after.add(one);
          else after.delete(one);
        }
        return after;
      });
    },
    selectAll: () => setTicked(new Set(listed())),
    clear: () => setTicked(new Set<string>()),
  };
}

function between(list: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [from === null ? -1 : list.indexOf(from), list.indexOf(to)];
  if (start < 0 || end < 0) return [to];
  return list.slice(Math.min(start, end), Math.max(start, end) + 1);
}
