import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";

/** The time now, ticking each second only while somebody waits for something. */
export function createClock(isTicking: Accessor<boolean>): Accessor<number> {
  const [nowMs, setNowMs] = createSignal(Date.now());
  createEffect(() => {
    if (!isTicking()) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    onCleanup(() => clearInterval(timer));
  });
  return nowMs;
}
