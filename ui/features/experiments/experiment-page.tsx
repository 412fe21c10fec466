import { useNavigate, useParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createMemo, For, Show } from "solid-js";
import type { Experiment } from "../../../src/contract/experiment.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { dataOf } from "../../kit/data-of.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { metricsQuery } from "../../kit/queries.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine } from "../settings/parts.tsx";
import {
  asksQuery,
  cancelExperiment,
  experimentQuery,
  matrixQuery,
  startExperiment,
} from "./experiments-api.ts";
import { countShown, MatrixSection } from "./matrix.tsx";

type Run = Experiment["runs"][number];

/** 实验: how far it is, what came of it, and where it got worse. */
export default function ExperimentPage() {
  const params = useParams<{ id: string }>();
  const query = useQuery(() => experimentQuery(params.id));
  const words = () => t().experiments;
  const cancelling = useSaving(cancelExperiment, {
    alters: ["experiment", "experiments"],
    isSaid: true,
  });
  return (
    <QueryView query={query} heading={<PageHeading title={words().title} />}>
      {(known) => (
        <>
          <PageHeading
            title={known().name ?? words().title}
            intro={formatDateTime(known().created_at)}
          >
            <a class="button" href={`/test-sets/${known().test_set_id}`}>
              {words().openSet}
            </a>
            <Show when={known().status === "running"}>
              <ConfirmButton
                {...{
                  label: words().cancel,
                  name: known().name ?? words().title,
                  title: words().cancelTitle,
                }}
                {...{ text: words().cancelText, isBusy: cancelling.isPending }}
                onConfirm={() => cancelling.mutate(params.id)}
              />
            </Show>
          </PageHeading>
          <div class="mt-6 grid grid-cols-1 gap-6">
            <For each={known().runs.map(({ job_id }) => job_id)}>
              {(id) => (
                <Show when={known().runs.find(({ job_id }) => job_id === id)}>
                  {(run) => <RunCard experiment={known()} run={run()} />}
                </Show>
              )}
            </For>
            <Result experiment={known()} />
          </div>
        </>
      )}
    </QueryView>
  );
}

const LOOKS: Readonly<Record<Run["status"], Look>> = {
  queued: ["clock", "plain"],
  running: ["running", "info"],
  completed: ["check", "good"],
  failed: ["cross", "bad"],
  cancelled: ["stop", "plain"],
};

/** One app: how far it is, and what it did not answer. */
function RunCard(props: { experiment: Experiment; run: Run }) {
  const words = () => t().experiments;
  const progress = () => props.run.progress;
  const isOpen = () => props.run.status === "running" || props.run.status === "queued";
  const result = () =>
    props.experiment.result?.runs.find(({ job_id }) => job_id === props.run.job_id);
  const unanswered = () => progress().asked - (props.run.outcomes.answered ?? 0);
  return (
    <section class="card p-5">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 class="text-lg font-semibold">{props.run.label}</h2>
        <Badge look={LOOKS[props.run.status]} isTurning={props.run.status === "running"}>
          {t().status[props.run.status]}
        </Badge>
        <Show when={result()?.gate}>
          {(gate) => (
            <Badge
              look={
                gate() === "pass"
                  ? ["check", "good"]
                  : gate() === "fail"
                    ? ["cross", "bad"]
                    : ["question", "warn"]
              }
            >
              {words().gate[gate()]}
            </Badge>
          )}
        </Show>
        <Show when={props.run.run_id}>
          {(id) => (
            <a class="button ml-auto" href={`/runs/${id()}`}>
              {words().openReport}
            </a>
          )}
        </Show>
      </div>
      <Show when={isOpen()}>
        <progress
          class="progress mt-3 w-full"
          max={2 * progress().total}
          value={progress().asked + progress().judged}
          aria-label={props.run.label}
        />
      </Show>
      <p class="mt-2 text-sm text-soft tabular-nums">
        {words().progress(
          formatCount(progress().asked),
          formatCount(progress().judged),
          formatCount(progress().total),
        )}
      </p>
      <Show when={props.run.stopped}>
        {(why) => <p class="mt-2 text-sm break-words text-bad">{why()}</p>}
      </Show>
      <Show when={props.run.error}>
        {(why) => <p class="mt-2 text-sm break-words text-bad">{why()}</p>}
      </Show>
      <Show when={unanswered() > 0}>
        <Unanswered experiment={props.experiment} run={props.run} count={unanswered()} />
      </Show>
    </section>
  );
}

/** Which questions have no answer, why, and the way to ask them again. */
function Unanswered(props: { experiment: Experiment; run: Run; count: number }) {
  const words = () => t().experiments;
  const navigate = useNavigate();
  const asks = useQuery(() =>
    asksQuery(
      props.experiment.experiment_id,
      props.run.job_id,
      props.experiment.status === "running",
    ),
  );
  const again = useSaving(startExperiment, {
    alters: ["experiments"],
    onDone: ({ experiment_id }) => navigate(`/experiments/${experiment_id}`),
  });
  const open = () =>
    (dataOf(asks) ?? []).filter(
      ({ state, outcome, why }) => state === "done" && (outcome !== "answered" || why !== null),
    );
  return (
    <details class="mt-3">
      <summary class="cursor-pointer text-sm text-warn">
        {words().notAnswered(formatCount(props.count))}
      </summary>
      <ul class="mt-2 max-h-72 space-y-1 overflow-y-auto text-sm">
        <For each={open()}>
          {(ask) => (
            <li class="break-words">
              <code>{ask.item_id}</code> · {words().outcomes[ask.outcome ?? "unknown"]}
              <Show when={ask.why}>{(why) => <span class="text-soft"> — {why()}</span>}</Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.experiment.status === "ended" && open().length > 0}>
        <button
          type="button"
          class="button mt-2"
          disabled={again.isPending}
          onClick={() =>
            again.mutate({
              name: props.experiment.name,
              test_set_id: props.experiment.test_set_id,
              targets: [{ target_id: props.run.target_id }],
              items: open().map(({ item_id }) => item_id),
            })
          }
        >
          {words().askAgain}
        </button>
        <RefusalLine error={again.error} />
      </Show>
    </details>
  );
}

/** What got worse than the base, and the questions side by side. */
function Result(props: { experiment: Experiment }) {
  const words = () => t().experiments;
  const metricWords = useMetricWords();
  const metrics = useQuery(metricsQuery);
  const result = () => props.experiment.result;
  const columns = createMemo(() => {
    const base = result()?.base_run_id ?? null;
    const own = props.experiment.runs.flatMap(({ run_id: id, label }) =>
      id === null ? [] : [{ id, label }],
    );
    return base === null
      ? own
      : [{ id: base, label: words().base }, ...own.filter(({ id }) => id !== base)];
  });
  const worse = () => [
    ...new Set(
      (result()?.runs ?? []).flatMap((run) => [
        ...run.worse.map((name) => metricWords.title(name)),
        ...run.worse_tags,
      ]),
    ),
  ];
  const isLowerBetter = (name: string) =>
    metrics.data?.find((metric) => metric.name === name)?.direction === "lower";
  // The one that the section below begins with.
  const matrix = useQuery(() =>
    matrixQuery(
      columns().map(({ id }) => id),
      null,
    ),
  );
  const questionsWorse = () => {
    const known = dataOf(matrix);
    return known === undefined ? 0 : countShown(known, "worse", isLowerBetter);
  };
  return (
    <Show when={result()}>
      {(known) => (
        <>
          <p class="card p-5" classList={{ "text-bad": worse().length > 0 }} role="status">
            {worse().length > 0
              ? words().worse(t().app.listed(...worse()))
              : known().base_run_id === null
                ? words().noBase
                : words().nothingWorse(questionsWorse())}
          </p>
          <Show when={columns().length > 1}>
            <MatrixSection
              runIds={columns().map(({ id }) => id)}
              labels={columns().map(({ label }) => label)}
              isLowerBetter={isLowerBetter}
            />
          </Show>
        </>
      )}
    </Show>
  );
}
