import { onCleanup, onMount } from "solid-js";

/** Listens for as long as the part that asks is on the page. */
export function listen<K extends keyof WindowEventMap>(
  target: Window,
  type: K,
  hear: (event: WindowEventMap[K]) => void,
): void;
export function listen<K extends keyof DocumentEventMap>(
  target: Document,
  type: K,
  hear: (event: DocumentEventMap[K]) => void,
): void;
export function listen(target: EventTarget, type: string, hear: (event: Event) => void): void {
  onMount(() => target.addEventListener(type, hear, { passive: type === "scroll" }));
  onCleanup(() => target.removeEventListener(type, hear));
}
