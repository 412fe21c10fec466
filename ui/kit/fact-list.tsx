import { For } from "solid-js";
import type { Usage } from "../../src/contract/outcome.ts";
import { t } from "../i18n/translate.ts";
import { formatCount } from "./format.ts";
import { formatTokens } from "./format-tokens.ts";

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

/** Calls, those that were remembered, tokens. */
export function formatUsage(usage: Usage): string {
  const { judge_calls: calls, cached_calls: cached } = usage;
  return t().job.usageText(formatCount(calls), formatCount(cached), formatTokens(usage));
}
