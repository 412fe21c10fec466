import { For, Show } from "solid-js";
import type { Trouble } from "../../src/contract/service.ts";
import { t } from "../i18n/translate.ts";
import { formatCount, formatDuration, formatTime } from "../kit/format.ts";
import { Icon } from "../kit/icon.tsx";
import { trouble } from "../kit/trouble.ts";

/** Each trouble of the service in a line, with the way to where something can be done. */
export default function TroubleLines() {
  return (
    <Show when={linesOf(trouble()).length > 0}>
      <ul class="mb-4 grid gap-1 rounded-field border border-bad bg-bad-wash px-3 py-2 text-sm text-bad">
        <For each={linesOf(trouble())}>
          {({ text, href, link }) => (
            <li class="flex items-start gap-2">
              <Icon name="warning" class="mt-1" />
              <span class="min-w-0 break-words">
                {text}{" "}
                <a class="font-medium whitespace-nowrap underline" href={href}>
                  {link}
                </a>
              </span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function linesOf(told: Trouble | null): { text: string; href: string; link: string }[] {
  if (told === null) return [];
  const { judge, firing_alerts: firing, backlog, lost_rows: lost, ending_models = [] } = told;
  const words = t().trouble;
  return [
    ...(judge
      ? [
          {
            text: words.judge(judge.reason, formatTime(judge.next_try)),
            href: "/settings/judge",
            link: words.toJudge,
          },
        ]
      : []),
    ...ending_models.map((text) => ({ text, href: "/settings/judge", link: words.toJudge })),
    ...(firing > 0
      ? [
          {
            text: words.alerts(formatCount(firing)),
            href: "/notifications#alerts",
            link: words.toAlerts,
          },
        ]
      : []),
    ...(backlog
      ? [
          {
            text: words.backlog(
              formatCount(backlog.jobs),
              formatDuration(backlog.oldest_seconds * 1000),
            ),
            href: "/?status=queued",
            link: words.toQueue,
          },
        ]
      : []),
    ...(lost > 0
      ? [{ text: words.lost(formatCount(lost)), href: "/?lost=yes", link: words.toLost }]
      : []),
  ];
}
