import { For } from "solid-js";
import type { EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { t } from "../../i18n/translate.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";

export function VerdictLabel(props: { verdict: ShownVerdict }) {
  return (
    <span
      class={`inline-flex items-center gap-1 font-medium whitespace-nowrap ${VERDICT_LOOKS[props.verdict].text}`}
      title={t().sample.meaning[props.verdict]}
    >
      <Icon name={VERDICT_LOOKS[props.verdict].icon} class="size-3.5" />
      {t().sample.verdicts[props.verdict]}
    </span>
  );
}

const ALL: readonly ShownVerdict[] = ["supported", "contradicted", "unsupported", "unjudged"];

export function VerdictLegend() {
  return (
    <ul class="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      <For each={ALL}>
        {(verdict) => (
          <li class="inline-flex items-center gap-1.5 text-faint">
            <VerdictLabel verdict={verdict} />
            {t().sample.meaning[verdict]}
          </li>
        )}
      </For>
    </ul>
  );
}

/** A verdict as shown: what could not be judged is a fourth kind, never one of the three. */
type ShownVerdict = "supported" | "contradicted" | "unsupported" | "unjudged";

/** Colour, underline and icon each say it alone. */
export const VERDICT_LOOKS: Record<ShownVerdict, { icon: IconName; text: string; cell: string }> = {
  supported: { icon: "check", text: "text-good", cell: "bg-good-wash text-good" },
  contradicted: { icon: "cross", text: "text-bad", cell: "bg-bad-wash text-bad" },
  unsupported: { icon: "question", text: "text-warn", cell: "bg-warn-wash text-warn" },
  unjudged: { icon: "dash", text: "text-faint", cell: "bg-raised text-faint" },
};

const WORST_FIRST: readonly ShownVerdict[] = [
  "contradicted",
  "unsupported",
  "unjudged",
  "supported",
];

export function shownVerdict(claim: EvidenceClaim): ShownVerdict {
  return claim.verdict ?? "unjudged";
}

/** Several claims may stand in one sentence; the sentence is as good as its weakest. */
export function worstVerdict(claims: readonly EvidenceClaim[]): ShownVerdict {
  const verdicts = new Set(claims.map(shownVerdict));
  return WORST_FIRST.find((verdict) => verdicts.has(verdict)) ?? "unjudged";
}
