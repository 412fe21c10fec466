import { type Accessor, createMemo, createSignal } from "solid-js";

const FIRST = 60;
const STEP = 200;

export interface GrowingWindow<T> {
  visible: Accessor<readonly T[]>;
  hidden: Accessor<number>;
  showMore(): void;
}

/**
 * The head of a long list, growing on demand: an answer of a thousand claims opens as fast as one of ten. What must
 * be seen (`reach`, an index) is always inside.
 */
export function createWindow<T>(
  items: Accessor<readonly T[]>,
  reach: Accessor<number>,
): GrowingWindow<T> {
  const [asked, setAsked] = createSignal(FIRST);
  const end = createMemo(() => Math.max(asked(), reach() + 1));
  const visible = createMemo(() => items().slice(0, end()));
  return {
    visible,
    hidden: () => items().length - visible().length,
    showMore: () => setAsked(end() + STEP),
  };
}
