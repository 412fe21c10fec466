import { type JSX, Match, Show, Switch } from "solid-js";
import { INSIGHT_LIMITS } from "../../../src/contract/limits.ts";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { kindOfJudge } from "../../../src/scoring/outcome.ts";
import { tokensTold } from "../../../src/scoring/usage.ts";
import { t } from "../../i18n/translate.ts";
import {
  formatCount,
  formatDuration,
  formatMoney,
  formatPercent,
  formatScore,
} from "../../kit/format.ts";
import { formatTokens } from "../../kit/format-tokens.ts";
import { Icon } from "../../kit/icon.tsx";
import { InfoPopover } from "../../kit/info-popover.tsx";

/** Who judged. Behind it how far that judge can be believed, what it cost, and how to have the numbers again. */
export function JudgeChip(props: { report: ReviewedReport }) {
  const run = () => props.report.run;
  const claims = () => props.report.people?.claims;
  const samples = () => props.report.people?.samples;
  const agreement = () => (claims()?.n ? formatPercent(claims()?.rate ?? 0) : null);
  return (
    <InfoPopover
      label={t().trust.judge}
      class="inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-xs text-soft hover:bg-raised print:hidden"
      face={
        <>
          <span class="truncate">{run().judge_model ?? run().judge}</span>
          <Show when={agreement()}>
            {(rate) => (
              <span class="whitespace-nowrap text-faint">
                · {t().trust.agreement} {rate()}
              </span>
            )}
          </Show>
          <Show when={props.report.controls?.is_reliable === false}>
            <Icon name="warning" class="size-3.5 text-bad" />
          </Show>
          <Icon name="down" class="size-3" />
        </>
      }
    >
      <p class="font-semibold">{t().trust.judge}</p>
      <p class="mt-1 break-words">
        {run().judge_model ?? run().judge}
        <span class="text-faint"> · {t().score.methods[kindOfJudge(run().judge)]}</span>
      </p>
      <dl class={FACTS}>
        <Fact name={t().trust.agreement}>
          <Show
            when={(claims()?.n ?? 0) + (samples()?.n ?? 0) > 0}
            fallback={
              <>
                <strong class="font-medium">{t().trust.notMeasured}</strong>
                <span class="mt-0.5 block max-w-[60ch] text-soft print:hidden">
                  {t().trust.how}
                </span>
              </>
            }
          >
            <Show when={claims()?.n}>
              {(n) => (
                <span class="block">
                  {t().trust.rate(formatPercent(claims()?.rate ?? 0), formatCount(n()))}
                  <Interval of={claims()?.interval} />
                </span>
              )}
            </Show>
            <Show when={samples()?.n}>
              {(n) => (
                <span class="block">
                  {t().trust.ofSamples(formatPercent(samples()?.rate ?? 0), formatCount(n()))}
                </span>
              )}
            </Show>
            <Show when={(claims()?.unsure ?? 0) > 0}>
              <span class="block text-faint">
                {t().trust.unsure(formatCount(claims()?.unsure ?? 0))}
              </span>
            </Show>
            <Show when={!props.report.people?.corrected.faithfulness}>
              <span class="block text-faint print:hidden">
                {t().trust.more(formatCount(INSIGHT_LIMITS.labelsToCorrect))}
              </span>
            </Show>
          </Show>
        </Fact>
        <Show when={(claims()?.n ?? 0) > 0}>
          <Fact
            name={t().trust.kappa}
            info={
              <InfoPopover label={t().trust.kappa}>
                <p>{t().trust.kappaMeaning}</p>
              </InfoPopover>
            }
          >
            {claims()?.kappa == null ? t().trust.kappaNone : formatScore(claims()?.kappa ?? 0)}
          </Fact>
        </Show>
        <Show when={props.report.controls}>
          {(controls) => (
            <Fact name={t().trust.controls}>
              <span classList={{ "text-bad": !controls().is_reliable }}>
                {t().trust.controlsHeld(
                  formatCount(controls().held),
                  formatCount(controls().asked),
                )}
              </span>
              <Show when={!controls().is_reliable}>
                <span class="block text-bad">{t().trust.unreliable}</span>
              </Show>
            </Fact>
          )}
        </Show>
        <Show when={props.report.judge_measured !== undefined}>
          <Fact name={t().trust.known}>
            <Show
              when={props.report.judge_measured}
              fallback={<strong class="font-medium">{t().trust.neverKnown}</strong>}
            >
              {(measured) => (
                <>
                  {t().trust.knownRight(
                    formatPercent(measured().accuracy ?? 0),
                    formatCount(measured().claims),
                    measured().day,
                  )}
                  <Interval of={measured().interval} />
                </>
              )}
            </Show>
          </Fact>
        </Show>
        <Fact name={t().trust.steadiness}>
          <Steadiness report={props.report} />
        </Fact>
      </dl>
      <p class="mt-4 font-semibold">{t().trust.cost}</p>
      <CostFacts report={props.report} />
    </InfoPopover>
  );
}

const FACTS = "mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5";

/** How often the judge says something else when it is asked again. */
function Steadiness(props: { report: ReviewedReport }) {
  const consistency = () => props.report.consistency;
  const rate = () => consistency()?.flip_rate ?? null;
  const asked = () => (consistency()?.doubtful.asked ?? 0) + (consistency()?.random.asked ?? 0);
  const flipped = () =>
    (consistency()?.doubtful.flipped ?? 0) + (consistency()?.random.flipped ?? 0);
  return (
    <Switch fallback={<span class="text-soft">{t().trust.askTwice}</span>}>
      <Match when={kindOfJudge(props.report.run.judge) === "offline"}>
        {t().trust.offlineSteady}
      </Match>
      <Match when={consistency()}>
        <Show when={rate() !== null}>
          <span class="block">
            {t().trust.flips(formatPercent(rate() ?? 0))}
            <Interval of={consistency()?.interval} />
          </span>
        </Show>
        <span class="block text-faint">
          {t().trust.askedTwice(formatCount(asked()), formatCount(flipped()))}
        </span>
      </Match>
    </Switch>
  );
}

function CostFacts(props: { report: ReviewedReport }) {
  const usage = () => props.report.usage;
  /** 0 where there are none or not all are known: then there is nothing to divide or to price. */
  const tokens = () => tokensTold(usage()) ?? 0;
  const tookMs = () =>
    Date.parse(props.report.run.finished_at) - Date.parse(props.report.run.started_at);
  /** 0 where there is nothing to divide. */
  const eachMs = () =>
    props.report.run.total_samples > 1 ? tookMs() / props.report.run.total_samples : 0;
  return (
    <dl class={FACTS}>
      <Fact name={t().trust.calls}>
        <Show when={usage().judge_calls + usage().cached_calls > 0} fallback={t().trust.noModel}>
          {formatCount(usage().judge_calls)}
          <span class="text-faint">
            {" "}
            {t().trust.callsCached(formatCount(usage().cached_calls))}
          </span>
        </Show>
      </Fact>
      <Fact name={t().trust.tokens}>
        {formatTokens(usage())}
        <Show when={tokens() > 0}>
          <span class="text-faint">
            {" "}
            {t().trust.tokensOf(
              formatCount(usage().prompt_tokens ?? 0),
              formatCount(usage().completion_tokens ?? 0),
            )}
          </span>
        </Show>
      </Fact>
      <Fact name={t().trust.time}>
        {formatDuration(tookMs())}
        <Show when={eachMs() >= 100}>
          <span class="text-faint"> {t().trust.timeEach(formatDuration(eachMs()))}</span>
        </Show>
      </Fact>
      <Show when={props.report.cost}>
        {(cost) => (
          <Fact name={t().trust.money}>
            {t().trust.costOf(formatMoney(cost().usd), cost().prices_of)}
          </Fact>
        )}
      </Show>
    </dl>
  );
}

function Interval(props: { of: readonly [number, number] | null | undefined }) {
  return (
    <Show when={props.of}>
      {(interval) => (
        <span class="text-faint">
          {" "}
          {t().trust.interval(formatPercent(interval()[0]), formatPercent(interval()[1]))}
        </span>
      )}
    </Show>
  );
}

function Fact(props: { name: string; info?: JSX.Element; children: JSX.Element }) {
  return (
    <>
      <dt class="flex items-start gap-1.5 whitespace-nowrap text-faint">
        {props.name}
        {props.info}
      </dt>
      <dd class="min-w-0 break-words">{props.children}</dd>
    </>
  );
}
