import { createSignal, type JSX, onCleanup, Show } from "solid-js";

let isFirstVisit = true;

/**
 * What stands further down is drawn in a task of its own, so that a page that opens answers in between. Only at first:
 * who comes back finds the page as tall as it was, and so the place they left.
 */
export function NextTask(props: { isLast?: boolean; children: JSX.Element }) {
  const [isDue, setIsDue] = createSignal(!isFirstVisit);
  if (!isDue()) {
    const timer = setTimeout(() => {
      if (props.isLast) isFirstVisit = false;
      setIsDue(true);
    });
    onCleanup(() => clearTimeout(timer));
  }
  return <Show when={isDue()}>{props.children}</Show>;
}
