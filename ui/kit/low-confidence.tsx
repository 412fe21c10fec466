import { t } from "../i18n/translate.ts";

/** A hollow dot and the word: the number beside it is not to be relied on. With `n`, how many of the numbers behind it. */
export function LowConfidence(props: { n?: string; isShort?: boolean }) {
  return (
    <span
      class="inline-flex items-center gap-1 text-xs whitespace-nowrap text-warn"
      title={t().score.confidence.low}
    >
      <span
        class="inline-block size-2 shrink-0 rounded-full border-[1.5px] border-current"
        aria-hidden="true"
      />
      <span class={props.isShort ? "sr-only" : ""}>{t().score.lowConfidence}</span>
      {props.n}
    </span>
  );
}
