import { createSignal, type JSX, onCleanup, onMount, Show } from "solid-js";

/** What is below the fold is neither loaded nor drawn before the reader comes near it, or prints. */
export function WhenNear(props: { height: string; children: JSX.Element }) {
  const [isNear, setIsNear] = createSignal(false);
  let place: HTMLDivElement | undefined;
  onMount(() => {
    const come = () => setIsNear(true);
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && come(),
      { rootMargin: "400px" },
    );
    if (place) observer.observe(place);
    addEventListener("beforeprint", come);
    onCleanup(() => {
      observer.disconnect();
      removeEventListener("beforeprint", come);
    });
  });
  return (
    <Show when={isNear()} fallback={<div ref={place} class={props.height} />}>
      {props.children}
    </Show>
  );
}
