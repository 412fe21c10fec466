import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import type { JudgeTest } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDateTime, formatDuration } from "../../kit/format.ts";
import { formatTokens } from "../../kit/format-tokens.ts";
import { Icon } from "../../kit/icon.tsx";
import { healthQuery } from "../../kit/queries.ts";
import { useSaving } from "../../kit/use-saving.ts";
import { JudgeCards } from "./judge-cards.tsx";
import { RefusalLine, Section } from "./parts.tsx";
import { type ProjectChoice, testJudge } from "./settings-api.ts";

/** Which judge works here, and whether it does. */
export function JudgeSection(props: { project: ProjectChoice }) {
  const health = useQuery(healthQuery);
  const judge = () => (health.isSuccess ? health.data.judge : null);
  const test = useSaving(() => testJudge(props.project), { alters: ["health"] });
  return (
    <Section id="judge" title={t().settings.judge} text={t().settings.judgeText}>
      <JudgeCards project={props.project} />
      <div class="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          class="button button-primary"
          disabled={test.isPending}
          onClick={() => test.mutate(undefined)}
        >
          {test.isPending ? t().settings.judgeAsking : t().settings.judgeAsk}
        </button>
        <Show when={judge()}>
          {(known) => (
            <span class="text-sm text-soft">
              {t().settings.judgeIs(known().model ?? t().settings.judgeOffline)}
            </span>
          )}
        </Show>
      </div>
      <Show when={judge()?.paused_until}>
        {(until) => (
          <p class="mt-2 text-sm text-warn">{t().settings.judgePaused(formatDateTime(until()))}</p>
        )}
      </Show>
      <div role="status">
        <RefusalLine error={test.error} />
        <Show when={!test.isPending && test.data}>{(result) => <Finding result={result()} />}</Show>
      </div>
    </Section>
  );
}

function Finding(props: { result: JudgeTest }) {
  const result = () => props.result;
  const text = () => {
    const { trouble, judge } = result();
    if (trouble !== null) return t().settings.judgeTroubles[trouble];
    return judge !== "offline" ? t().settings.judgeOk : t().settings.judgeOkOffline;
  };
  return (
    <div
      class="mt-4 flex gap-2 rounded-field p-3 text-sm"
      classList={{ "bg-good-wash": result().ok, "bg-bad-wash": !result().ok }}
    >
      <Icon
        name={result().ok ? "check" : "cross"}
        class={`mt-0.5 ${result().ok ? "text-good" : "text-bad"}`}
      />
      <div class="min-w-0">
        <p class="font-medium break-words">{text()}</p>
        <p class="mt-0.5 break-words text-soft">
          <Show when={result().model}>
            {(model) => `${model()} · ${result().endpoint ?? ""} · `}
          </Show>
          {t().settings.judgeFacts(
            formatDuration(result().latency_ms),
            formatCount(result().judge_calls),
            formatTokens(result()),
          )}
        </p>
        <Show when={result().detail}>
          <p class="mt-1 break-words text-soft">{result().detail}</p>
        </Show>
      </div>
    </div>
  );
}
