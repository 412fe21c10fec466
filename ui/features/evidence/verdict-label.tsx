import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { type ShownVerdict, VERDICT_LOOKS } from "./verdict-look.ts";

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
