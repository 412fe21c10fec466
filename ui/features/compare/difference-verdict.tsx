import type { ComparedMetric } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";

type Look = "better" | "worse" | "noise" | "few";

const LOOKS: Record<Look, { icon: IconName; class: string }> = {
  better: { icon: "check", class: "bg-good-wash text-good" },
  worse: { icon: "warning", class: "bg-bad-wash text-bad" },
  noise: { icon: "dash", class: "bg-raised text-soft" },
  few: { icon: "question", class: "bg-raised text-soft" },
};

/** Whether a difference is real, in words. */
export function DifferenceVerdict(props: { metric: ComparedMetric }) {
  const look = () => lookOf(props.metric);
  return (
    <span
      class={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium ${LOOKS[look()].class}`}
    >
      <Icon name={LOOKS[look()].icon} class="size-3.5" />
      {t().compare.verdicts[look()]}
    </span>
  );
}

function lookOf({ verdict, moved }: ComparedMetric): Look {
  if (verdict === "too_few_samples") return "few";
  return verdict === "within_noise" || moved === "same" ? "noise" : moved;
}
