import { type JSX, Show } from "solid-js";
import type { SessionInfo } from "../../../src/contract-access.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { Section } from "./parts.tsx";

/** Who the server takes the reader for, and how much of the day is used. */
export function SessionCard(props: { session: SessionInfo }) {
  return (
    <Section id="you" title={t().settings.you}>
      <dl class="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name={t().settings.enteredBy}>
          {t().settings.vias[props.session.via]}
          <Show when={props.session.via === "key" || props.session.via === "access"}>
            {" · "}
            {props.session.name}
          </Show>
        </Fact>
        <Fact name={t().settings.role}>
          {t().settings.roles[props.session.role]}
          <span class="block text-sm text-faint">
            {t().settings.roleMeaning[props.session.role]}
          </span>
        </Fact>
        <Fact name={t().settings.project}>
          <span class="font-mono">{props.session.project}</span>
        </Fact>
        <Fact name={t().settings.samplesToday}>
          <Used used={props.session.usage_today.samples} limit={props.session.samples_per_day} />
        </Fact>
        <Fact name={t().settings.tokensToday}>
          <Used
            used={props.session.usage_today.judge_tokens}
            limit={props.session.judge_tokens_per_day}
          />
        </Fact>
        <Show when={props.session.expires_at}>
          {(until) => <Fact name={t().settings.signedInUntil}>{formatDateTime(until())}</Fact>}
        </Show>
      </dl>
    </Section>
  );
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div class="min-w-0">
      <dt class="text-sm text-faint">{props.name}</dt>
      <dd class="break-words">{props.children}</dd>
    </div>
  );
}

function Used(props: { used: number; limit: number | null }) {
  return (
    <>
      {t().settings.ofLimit(
        formatCount(props.used),
        props.limit === null ? t().settings.noLimit : formatCount(props.limit),
      )}
    </>
  );
}
