import { type JSX, Show } from "solid-js";
import type { SessionInfo } from "../../../src/contract/access.ts";
import { t } from "../../i18n/translate.ts";
import { CopyBlock } from "../../kit/copy-button.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
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

const SECRET_COMMAND = "npx wrangler secret put ADMIN_KEY";

/** What an open server means, and the way to close it. */
export function OpenNotice() {
  // Made here and sent nowhere; a made-up example would end up as somebody's key.
  const lines = `ACCESS_MODE=keys\nADMIN_KEY=${createSecret()}`;
  return (
    <section class="card border-l-4 border-l-warn px-5 py-4" aria-labelledby="open-notice">
      <h2 id="open-notice" class="flex items-center gap-2 font-semibold">
        <Icon name="warning" class="text-warn" />
        {t().settings.openTitle}
      </h2>
      <p class="mt-1 text-sm text-soft">{t().settings.openText}</p>
      <details class="mt-2 text-sm">
        <summary class="font-medium">{t().settings.closeTitle}</summary>
        <p class="mt-3 text-sm text-soft">{t().settings.closeLocal}</p>
        <CopyBlock text={lines} name=".dev.vars" />
        <p class="mt-4 text-sm text-soft">{t().settings.closeDeployed}</p>
        <CopyBlock text={SECRET_COMMAND} name="wrangler" />
      </details>
    </section>
  );
}

function createSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
