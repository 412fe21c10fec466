import { For } from "solid-js";
import type { RunRow } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";

/** When, how many, by which judge, and its tags. */
export function RunFacts(props: { run: RunRow }) {
  const judge = () => props.run.judge_model ?? props.run.judge;
  return (
    <>
      <time datetime={props.run.finished_at}>{formatDateTime(props.run.finished_at)}</time>
      {" · "}
      {t().runs.sampleCount(props.run.total_samples, formatCount(props.run.total_samples))}
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
