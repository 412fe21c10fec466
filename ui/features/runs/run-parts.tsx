import { For, Show } from "solid-js";
import type { Run, RunRow } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";
import { CauseBadge } from "../../kit/cause-badge.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { runName } from "../../kit/run-name.tsx";
import type { RunView } from "./runs-view.ts";

/** Makes a run the one the others are measured against, or takes that back. */
export function BaseButton(props: { run: RunRow; view: RunView }) {
  const isBase = () => props.view.base?.run_id === props.run.run_id;
  const text = () => (isBase() ? t().compare.base : t().runs.versus.make);
  return (
    <button
      type="button"
      class="rounded-full border px-2 py-0.5 text-xs print:hidden"
      classList={{
        "border-accent-fill bg-accent-wash font-medium text-accent": isBase(),
        "border-line text-soft hover:border-line-strong hover:text-ink": !isBase(),
      }}
      aria-pressed={isBase()}
      aria-label={t().runs.versus.choose(text(), runName(props.run))}
      onClick={() => props.view.onBase(isBase() ? null : props.run)}
    >
      {text()}
    </button>
  );
}

/** Which runs of the list are chosen for a comparison. */
export interface RunChoice {
  isChosen: (run: Run) => boolean;
  toggle: (run: Run) => void;
}

export function ChooseRun(props: { run: Run; choice: RunChoice }) {
  return (
    <input
      type="checkbox"
      class="mt-1 size-4 shrink-0 accent-accent-fill print:hidden"
      aria-label={t().compare.choose(runName(props.run))}
      checked={props.choice.isChosen(props.run)}
      onChange={() => props.choice.toggle(props.run)}
    />
  );
}

/** How many samples; in red what was lost. */
export function RunSize(props: { run: RunRow }) {
  const { total_samples: total, valid_samples: scored, invalid_samples: lost } = props.run;
  return (
    <Show when={lost > 0} fallback={formatCount(total)}>
      <span class="font-medium text-bad" title={t().runs.lost(formatCount(lost))}>
        {formatCount(scored)}/{formatCount(total)}
      </span>
    </Show>
  );
}

/** When, by which judge, and its tags. */
export function RunFacts(props: { run: RunRow }) {
  const judge = () => props.run.judge_model ?? props.run.judge;
  return (
    <>
      <time datetime={props.run.finished_at}>{formatDateTime(props.run.finished_at)}</time>
      {" · "}
      <a
        class="hover:text-ink hover:underline"
        href={`/runs?${new URLSearchParams({ judge: judge() })}`}
        title={t().runs.sameJudge}
      >
        {judge()}
      </a>
      <For each={Object.entries(props.run.tags)}>
        {(tag) => (
          <>
            {" · "}
            <a
              class="break-words hover:text-ink hover:underline"
              href={`/runs?${new URLSearchParams({ tag: tag.join("=") })}`}
              title={t().lists.tag}
            >
              {tag.join("=")}
            </a>
          </>
        )}
      </For>
    </>
  );
}

/** What to fix first. */
export function TopCause(props: { run: RunRow }) {
  return (
    <Show when={props.run.cause_top} fallback={t().runs.noAdvice}>
      {(cause) => (
        <span title={props.run.advice_top ?? undefined}>
          <CauseBadge cause={cause()} />
          <Show when={props.run.total_samples > 1 && props.run.cause_samples}>
            {(n) => (
              <span class="ml-1 inline-block text-xs">
                {t().runs.causeSamples(formatCount(n()))}
              </span>
            )}
          </Show>
        </span>
      )}
    </Show>
  );
}
