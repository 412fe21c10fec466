import { For, Show } from "solid-js";
import { isBot } from "../../../src/channels/kinds.ts";
import {
  type ChannelEvent,
  describeEvent,
  describeMany,
  type Notice,
} from "../../../src/channels/notice.ts";
import type { ChannelKind } from "../../../src/contract/channel.ts";
import type { Language } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";

const HEADS: Readonly<Record<Notice["tone"], string>> = {
  bad: "bg-bad-wash text-bad",
  good: "bg-good-wash text-good",
  neutral: "bg-info-wash text-info",
};

/** An alert and a burst as a group will see them: the sentences are those that are sent. */
export function NoticePictures(props: { kind: ChannelKind; language: Language }) {
  const audience = () => ({ language: props.language, origin: location.origin });
  const example = (): ChannelEvent => {
    const words = t().notifications;
    return {
      name: "alert.firing",
      at: 0,
      project: words.exampleProject,
      subject: words.exampleMetric,
      metric: words.exampleMetric,
      mean: 0.55,
      interval: [0.51, 0.59],
      n: 40,
      line: { side: "below", threshold: 0.8 },
      tag: words.exampleTag,
      why: null,
      worst: words.exampleQuestions.map((question, at) => ({
        sampleId: String(at),
        question,
        score: 0.1 + at * 0.15,
      })),
      path: "/runs",
    };
  };
  const burst = (): ChannelEvent[] => [
    ...Array.from({ length: 3 }, () => example()),
    ...Array.from({ length: 9 }, () => ({
      ...example(),
      name: "job.failed" as const,
      subject: t().notifications.exampleJob,
    })),
  ];
  return (
    <div class="grid content-start gap-4">
      <Picture
        title={t().notifications.picture}
        kind={props.kind}
        notice={describeEvent(example(), audience())}
      />
      <Show when={isBot(props.kind)}>
        <Picture
          title={t().notifications.pictureMany}
          kind={props.kind}
          notice={describeMany(burst(), audience())}
        />
      </Show>
    </div>
  );
}

function Picture(props: { title: string; kind: ChannelKind; notice: Notice }) {
  return (
    <figure>
      <figcaption class="mb-1 text-sm font-medium">{props.title}</figcaption>
      <Show when={isBot(props.kind)} fallback={<AsData kind={props.kind} />}>
        <Card kind={props.kind} notice={props.notice} />
      </Show>
    </figure>
  );
}

/** Cards have a coloured head, messages of Markdown have none. */
function Card(props: { kind: ChannelKind; notice: Notice }) {
  const hasHead = () => props.kind === "feishu";
  return (
    <div class="overflow-hidden rounded-field border border-line bg-surface text-sm break-words">
      <p
        class="px-3 py-2 font-semibold"
        classList={{ [HEADS[props.notice.tone]]: hasHead(), "pb-0": !hasHead() }}
      >
        {props.notice.title}
      </p>
      <div class="grid gap-1 px-3 py-2">
        <For each={props.notice.facts}>
          {({ name, value }) => (
            <p>
              <span class="text-soft">{name}</span> {value}
            </p>
          )}
        </For>
        <Show when={props.notice.list}>
          {(list) => (
            <div class="mt-1 border-t border-line pt-2">
              <p class="font-medium">{list().title}</p>
              <ul>
                <For each={list().lines}>{(line) => <li>• {line}</li>}</For>
              </ul>
            </div>
          )}
        </Show>
        <Show when={props.notice.link}>
          {(link) => (
            <p class="mt-1 font-medium text-info" title={link().href}>
              {link().title} ›
            </p>
          )}
        </Show>
      </div>
    </div>
  );
}

/** What a system is sent. */
function AsData(props: { kind: ChannelKind }) {
  const body = () =>
    props.kind === "langfuse"
      ? {
          id: "touchstone-0e6ad5…",
          traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
          name: "touchstone.faithfulness",
          value: 0.75,
          dataType: "NUMERIC",
          comment: `${location.origin}/jobs/…`,
        }
      : {
          type: "alert.firing",
          timestamp: "2026-11-30T08:00:00.000Z",
          data: { metric: "faithfulness", side: "below", threshold: 0.8, mean: 0.55, n: 40 },
        };
  return (
    <pre class="overflow-x-auto rounded-field border border-line bg-surface p-3 text-xs">
      {JSON.stringify(body(), null, 2)}
    </pre>
  );
}
