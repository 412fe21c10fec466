import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { Rows, Section } from "../settings/parts.tsx";
import { sessionQuery } from "../settings/settings-queries.ts";
import { AlertSection } from "./alert-section.tsx";
import { ChannelForm } from "./channel-form.tsx";
import { ChannelRow } from "./channel-row.tsx";
import { channelsQuery } from "./channels-api.ts";

/** 通知: where people are told what happens here. */
export default function NotificationsPage() {
  const session = useQuery(sessionQuery);
  return (
    <>
      <PageHeading title={t().notifications.title} intro={t().notifications.intro} />
      <QueryView query={session}>
        {(known) => (
          <Show
            when={known().role === "admin"}
            fallback={<p class="mt-6 text-soft">{t().notifications.notAdmin}</p>}
          >
            <Channels />
            <div class="mt-6">
              <AlertSection project={null} canSign={known().can_sign_webhooks} />
            </div>
          </Show>
        )}
      </QueryView>
    </>
  );
}

function Channels() {
  const channels = useQuery(channelsQuery);
  return (
    <div class="mt-6 grid grid-cols-1 gap-6">
      <Section title={t().notifications.list} text={t().notifications.listText}>
        <QueryView query={channels} skeleton={<div class="skeleton mt-5 h-16" />}>
          {(known) => (
            // By their ids: a row says what came of its test, which changes the channel.
            <Rows each={known().map(({ channel_id }) => channel_id)} none={t().notifications.none}>
              {(id) => (
                <Show when={known().find(({ channel_id }) => channel_id === id)}>
                  {(channel) => <ChannelRow channel={channel()} />}
                </Show>
              )}
            </Rows>
          )}
        </QueryView>
      </Section>
      <Section id="add" title={t().notifications.add}>
        <ChannelForm />
      </Section>
    </div>
  );
}
