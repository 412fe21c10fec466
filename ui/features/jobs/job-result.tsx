import { For, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import { CauseBadge } from "../../kit/cause-badge.tsx";
import { formatScore } from "../../kit/format.ts";
import { FILL } from "../../kit/level-fill.ts";
import { LowConfidence } from "../../kit/low-confidence.tsx";
import { type Level, type MetricWords, useMetricWords } from "../../kit/metric-words.ts";

const INK: Record<Level, string> = {
  bad: "text-bad",
  warn: "text-warn",
  fair: "text-soft",
  good: "text-good",
};
const EDGE: Record<Level, string> = {
  bad: "before:bg-bad",
  warn: "before:bg-warn",
  fair: "before:bg-line-strong",
  good: "before:bg-good",
};

/** The metric furthest from its best value: of one sample the server says which, of a batch the weakest mean. */
export function worstOf(job: Job, words: MetricWords): { metric: string; value: number } | null {
  const named = job.worst_metric;
  const value = named === null ? null : (job.scores[named] ?? null);
  if (named !== null && value !== null) return { metric: named, value };
  const known = Object.entries(job.scores).flatMap(([metric, mean]) =>
    mean === null ? [] : [{ metric, value: mean }],
  );
  const [worst] = known.sort(
    (a, b) => words.goodness(a.metric, a.value) - words.goodness(b.metric, b.value),
  );
  return worst ?? null;
}

/** `worst` or `best` first; what has no score stands at the end. */
export function sortJobs(jobs: readonly Job[], sort: string, words: MetricWords): readonly Job[] {
  if (sort !== "worst" && sort !== "best") return jobs;
  const sign = sort === "worst" ? 1 : -1;
  return jobs
    .map((job) => {
      const worst = worstOf(job, words);
      return { job, at: worst ? sign * words.goodness(worst.metric, worst.value) : 2 };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ job }) => job);
}

/**
 * What a job came to: the overall score, whose colour and word are those of the worst metric, so that an answer that
 * contradicts its passages never looks good; which metric that is, and all of them as bars.
 */
export function JobResult(props: { job: Job }) {
  const words = useMetricWords();
  const worst = () => worstOf(props.job, words);
  return (
    <Show when={worst()}>
      {(found) => {
        const level = () => words.level(found().metric, found().value);
        return (
          <div
            class={`flex items-center gap-3 before:absolute before:inset-y-0 before:left-0 before:w-1 ${EDGE[level()]}`}
          >
            <Overall job={props.job} level={level()} class="w-15 shrink-0 *:block" />
            <div class="min-w-0 flex-1 leading-4.5">
              <p class={`flex items-end gap-2 text-xs ${INK[level()]}`}>
                <span class="truncate">
                  <Show when={props.job.outcomes[found().metric]?.confidence === "low"}>
                    <LowConfidence isShort />{" "}
                  </Show>
                  {words.title(found().metric)}{" "}
                  <b class="font-semibold">{formatScore(found().value)}</b>
                </span>
                <Bars job={props.job} words={words} />
              </p>
              <p class="h-4.5">
                <CauseBadge cause={props.job.cause} />
              </p>
            </div>
          </div>
        );
      }}
    </Show>
  );
}

/** Every metric as a bar as high as it is good; where there is no value, a stump. The report says them in words. */
function Bars(props: { job: Job; words: MetricWords }) {
  const bars = () =>
    props.job.metrics.map((metric) => {
      const value = props.job.scores[metric] ?? null;
      if (value === null) return { height: 2, fill: "bg-line", text: props.words.title(metric) };
      return {
        height: 3 + 11 * props.words.goodness(metric, value),
        fill: FILL[props.words.level(metric, value)],
        text: `${props.words.title(metric)} ${formatScore(value)}`,
      };
    });
  return (
    <span
      class="z-10 ml-auto flex h-3.5 shrink-0 items-end gap-0.5"
      aria-hidden="true"
      title={bars()
        .map(({ text }) => text)
        .join("\n")}
    >
      <For each={bars()}>
        {({ height, fill }) => (
          <i class={`w-1.5 rounded-[1px] ${fill}`} style={{ height: `${height}px` }} />
        )}
      </For>
    </span>
  );
}

/** The overall score; `level`: of the worst metric. */
export function Overall(props: { job: Job; level: Level; class?: string }) {
  return (
    <p
      class={`leading-4.5 ${INK[props.level]} ${props.class ?? ""}`}
      title={t().jobs.weightedMeaning}
    >
      <Show when={props.job.weighted_score !== null}>
        <b class="text-sm font-semibold">
          <span class="sr-only">{t().jobs.weighted} </span>
          {formatScore(props.job.weighted_score ?? 0)}
        </b>
      </Show>
      <span class="text-xs">{t().score.levels[props.level]}</span>
    </p>
  );
}
