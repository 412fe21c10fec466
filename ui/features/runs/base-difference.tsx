import type { Run } from "../../../src/contract.ts";
import { differenceOfMeans } from "../../../src/scoring/difference-of-means.ts";
import { t } from "../../i18n/translate.ts";
import { formatDifference } from "../../kit/format.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";

type Look = "better" | "worse" | "unclear";

const LOOKS: Record<Look, { icon: IconName; class: string }> = {
  better: { icon: "check", class: "text-good" },
  worse: { icon: "warning", class: "text-bad" },
  unclear: { icon: "question", class: "text-faint" },
};

/** How far a mean is from that of the baseline, and whether their intervals allow to call it a difference. */
export function BaseDifference(props: { run: Run; base: Run; metric: string }) {
  const words = useMetricWords();
  const known = (run: Run) => ({
    mean: run.metric_means[props.metric] ?? 0,
    interval: run.intervals[props.metric] ?? null,
  });
  const found = () => differenceOfMeans(known(props.base), known(props.run));
  const look = (): Look => {
    const { side } = found();
    if (side === "unclear") return "unclear";
    const isLowerBetter = words.info(props.metric)?.direction === "lower";
    return (side === "above") === isLowerBetter ? "worse" : "better";
  };
  const meaning = () => {
    const { interval } = found();
    const said = t().runs.versus.verdicts[look()];
    if (interval === null) return `${said}: ${t().score.noInterval}`;
    const [low, high] = [formatDifference(interval[0]), formatDifference(interval[1])];
    return `${said}: ${t().runs.versus.interval(low, high)}`;
  };
  return (
    <span class={`flex items-center gap-1 text-xs ${LOOKS[look()].class}`} title={meaning()}>
      <Icon name={LOOKS[look()].icon} class="size-3" />
      {formatDifference(found().difference)}
      <span class="sr-only">{meaning()}</span>
    </span>
  );
}
