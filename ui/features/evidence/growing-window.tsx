import { type Accessor, createMemo, createSignal, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";

const FIRST = 60;
const STEP = 200;

interface GrowingWindow<T> {
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

export function ShowMore(props: { hidden: number; onMore: () => void }) {
  return (
    <Show when={props.hidden > 0}>
      <button type="button" class="button mt-3" onClick={() => props.onMore()}>
        {t().sample.showMore(formatCount(props.hidden))}
      </button>
    </Show>
  );
}
