import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";

const REST_MS = 250;

/** What is typed into a box that searches: it counts when the hand rests. `settled`: what counts now. */
export function createTyping(settled: Accessor<string>, onRest: (text: string) => void) {
  const [typed, setTyped] = createSignal(settled());
  let rest: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(rest));
  // Back and forward change the address under the box; what is being typed is not taken away.
  createEffect(
    on(
      settled,
      (text) => {
        if (text !== typed().trim()) setTyped(text);
      },
      { defer: true },
    ),
  );
  function type(text: string): void {
    setTyped(text);
    clearTimeout(rest);
    rest = setTimeout(() => onRest(text.trim()), REST_MS);
  }
  return [typed, type] as const;
}
