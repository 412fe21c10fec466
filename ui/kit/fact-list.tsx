import { For } from "solid-js";

/** Names and values; what has no value is left out. */
export function FactList(props: {
  class?: string;
  facts: readonly (readonly [name: string, value: string | null])[];
  /** Values that are codes, not words. */
  codes?: readonly (readonly [name: string, value: string])[];
}) {
  const known = () => props.facts.filter(([, value]) => value !== null);
  return (
    <dl
      class={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm ${props.class ?? ""}`}
    >
      <For each={known()}>
        {([name, value]) => (
          <>
            <dt class="text-faint">{name}</dt>
            <dd class="break-words">{value}</dd>
          </>
        )}
      </For>
      <For each={props.codes ?? []}>
        {([name, value]) => (
          <>
            <dt class="text-faint">{name}</dt>
            <dd class="font-mono text-[0.8125rem] break-all">{value}</dd>
          </>
        )}
      </For>
    </dl>
  );
}
