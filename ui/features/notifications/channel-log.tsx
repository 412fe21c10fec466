import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import type { Channel, ChannelLog as Log } from "../../../src/contract/channel.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { channelLogQuery } from "./channels-api.ts";

type Line = Log["deliveries"][number];

const LOOKS: Readonly<Record<Line["state"], Look>> = {
  pending: ["clock", "info"],
  delivered: ["check", "good"],
  accepted: ["question", "warn"],
  failed: ["cross", "bad"],
  disabled: ["stop", "plain"],
};

interface Told {
  line: Line;
  /** Events of the same message. */
  count: number;
}

/** What it was told, a message a line, newest first. */
export function ChannelLog(props: { channel: Channel }) {
  const query = useQuery(() => channelLogQuery(props.channel.channel_id));
  return (
    <section class="mt-3" aria-label={t().notifications.logTitle(props.channel.name)}>
      <QueryView query={query} skeleton={<div class="skeleton h-12" />}>
        {(lines) => (
          <Show
            when={lines().length > 0}
            fallback={<p class="text-sm text-soft">{t().notifications.logNone}</p>}
          >
            <ol class="space-y-2">
              <For each={byMessage(lines())}>{(told) => <LogLine {...told} />}</For>
            </ol>
          </Show>
        )}
      </QueryView>
    </section>
  );
}

function LogLine(props: Told) {
  const words = () => t().notifications;
  const error = () => props.line.attempts.at(-1)?.error;
  const names: Readonly<Record<string, string>> = t().notifications.events;
  return (
    <li class="text-sm">
      <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span class="text-soft">{formatDateTime(props.line.created_at)}</span>
        <span>
          {props.count > 1
            ? words().together(formatCount(props.count))
            : (names[props.line.event] ?? props.line.event)}
        </span>
        <Badge look={LOOKS[props.line.state]}>{words().deliveryStates[props.line.state]}</Badge>
        <Show when={props.line.attempts.length > 1}>
          <span class="text-faint">
            {words().attempts(formatCount(props.line.attempts.length))}
          </span>
        </Show>
      </p>
      <Show when={error()}>
        <p class="break-words text-bad">{error()}</p>
      </Show>
    </li>
  );
}

/** Lines of the same message as one. */
function byMessage(lines: readonly Line[]): Told[] {
  const counts = new Map<string, Told>();
  for (const line of lines) {
    const key = line.message_id ?? line.delivery_id;
    const told = counts.get(key);
    if (told) told.count++;
    else counts.set(key, { line, count: 1 });
  }
  return [...counts.values()];
}
