import type { RunRow } from "../../../src/contract/run.ts";
import type { GateRule } from "../../../src/scoring/gate-rules.ts";
import type { GateVerdict, RuleResult } from "../../../src/scoring/gate-verdict.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDateTime, formatScore } from "../../kit/format.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { judgeRun } from "./run-gate.ts";

const LOOKS: Record<GateVerdict, { icon: IconName; class: string }> = {
  pass: { icon: "check", class: "bg-good-wash text-good" },
  fail: { icon: "cross", class: "bg-bad-wash text-bad" },
  inconclusive: { icon: "question", class: "bg-raised text-soft" },
};

/** The reader's rules against a run; without rules what the last call of the gate said. */
export function GateBadge(props: { run: RunRow; rules: readonly GateRule[] }) {
  const words = useMetricWords();
  /** A verdict is not to be read without what its numbers leave out. */
  const unscored = () => {
    const { invalid_samples: n, total_samples: total } = props.run;
    return n === 0 ? [] : [t().runs.gate.unscored(formatCount(n), formatCount(total))];
  };
  const shown = (): { verdict: GateVerdict; why: string } | null => {
    if (props.rules.length > 0) {
      const { verdict, results } = judgeRun(props.run, props.rules, words.info);
      const lines = results.map((result) => explain(result, words.title));
      return { verdict, why: [...lines, ...unscored()].join("\n") };
    }
    const { gate } = props.run;
    if (gate === null) return null;
    const names = gate.metrics.map((metric) => words.title(metric)).join(", ");
    return {
      verdict: gate.verdict,
      why: [t().runs.gate.asked(formatDateTime(gate.judged_at), names), ...unscored()].join("\n"),
    };
  };
  return (
    <>
      {(() => {
        const known = shown();
        if (known === null) return <span class="text-faint">{t().runs.gate.none}</span>;
        return (
          <span
            class={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${LOOKS[known.verdict].class}`}
            title={known.why}
          >
            <Icon name={LOOKS[known.verdict].icon} class="size-3" />
            {t().runs.gate.verdicts[known.verdict]}
            <span class="sr-only">. {known.why}</span>
          </span>
        );
      })()}
    </>
  );
}

function explain({ rule, verdict, value, interval }: RuleResult, title: (m: string) => string) {
  const line = `${title(rule.metric)} ${rule.operator} ${formatScore(rule.limit)}`;
  const said = t().runs.gate.verdicts[verdict];
  if (value === null) return `${said}: ${line} (${t().runs.noValue})`;
  const range = interval
    ? ` (${t().score.intervalMean(formatScore(interval[0]), formatScore(interval[1]))})`
    : "";
  return `${said}: ${line}; ${formatScore(value)}${range}`;
}
