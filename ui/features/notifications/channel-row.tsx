import { createSignal, Match, Show, Switch } from "solid-js";
import type { Channel, ChannelTest } from "../../../src/contract/channel.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine, Row } from "../settings/parts.tsx";
import { ChannelEdit } from "./channel-edit.tsx";
import { ChannelLog } from "./channel-log.tsx";
import { changeChannel, deleteChannel, testChannel } from "./channels-api.ts";

const ALTERS = ["channels", "channel-log"];
const LOOKS: Readonly<Record<Channel["state"], Look>> = {
  on: ["check", "good"],
  off: ["dash", "plain"],
  refused: ["warning", "bad"],
};

/** One channel: where it leads, how it is, and what can be done with it. */
export function ChannelRow(props: { channel: Channel }) {
  const words = () => t().notifications;
  const id = () => props.channel.channel_id;
  const [isEditing, setIsEditing] = createSignal(false);
  const [isLogOpen, setIsLogOpen] = createSignal(false);
  const test = useSaving(() => testChannel(id()), { alters: ALTERS });
  const removal = useSaving(() => deleteChannel(id()), {
    // Its log is gone with it.
    alters: ["channels"],
    done: () => words().removed,
  });
  const switching = useSaving((enabled: boolean) => changeChannel(id(), { enabled }), {
    alters: ALTERS,
    done: (enabled) => (enabled ? words().switchedOn : words().switchedOff),
  });
  const isOn = () => props.channel.state === "on";
  return (
    <Row
      actions={
        <div class="flex flex-wrap gap-1">
          <button
            type="button"
            class="button"
            aria-label={`${words().test}: ${props.channel.name}`}
            disabled={test.isPending}
            onClick={() => test.mutate(undefined)}
          >
            {test.isPending ? words().testing : words().test}
          </button>
          <button
            type="button"
            class="button button-quiet"
            aria-label={`${words().log}: ${props.channel.name}`}
            aria-expanded={isLogOpen()}
            onClick={() => setIsLogOpen(!isLogOpen())}
          >
            {words().log}
          </button>
          <button
            type="button"
            class="button button-quiet"
            aria-label={`${words().edit}: ${props.channel.name}`}
            aria-expanded={isEditing()}
            onClick={() => setIsEditing(!isEditing())}
          >
            {words().edit}
          </button>
          <button
            type="button"
            class="button button-quiet"
            aria-label={`${isOn() ? words().switchOff : words().switchOn}: ${props.channel.name}`}
            disabled={switching.isPending}
            onClick={() => switching.mutate(!isOn())}
          >
            {isOn() ? words().switchOff : words().switchOn}
          </button>
          <ConfirmButton
            label={words().remove}
            name={props.channel.name}
            title={words().removeTitle(props.channel.name)}
            text={words().removeText}
            isBusy={removal.isPending}
            onConfirm={() => removal.mutate(undefined)}
          />
        </div>
      }
      below={
        <>
          <Show when={isEditing()}>
            <ChannelEdit channel={props.channel} onDone={() => setIsEditing(false)} />
          </Show>
          <Show when={isLogOpen()}>
            <ChannelLog channel={props.channel} />
          </Show>
        </>
      }
    >
      <ChannelWords channel={props.channel} />
      <p role="status" class="text-sm break-words">
        <Show when={!test.isPending && test.data}>
          {(result) => <TestResult result={result()} kind={props.channel.kind} />}
        </Show>
      </p>
      <RefusalLine error={test.error ?? removal.error ?? switching.error} />
    </Row>
  );
}

function ChannelWords(props: { channel: Channel }) {
  const words = () => t().notifications;
  const told = () => {
    const names = props.channel.events.map((name) => words().events[name]);
    return names.length > 0 ? names.join(" · ") : words().eventsOfCallback;
  };
  return (
    <>
      <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span class="font-medium break-words">{props.channel.name}</span>
        <span class="text-sm text-soft">{words().kinds[props.channel.kind]}</span>
        <Badge look={LOOKS[props.channel.state]}>{words().states[props.channel.state]}</Badge>
      </p>
      <Show when={props.channel.refusal}>
        {(reply) => (
          <p class="mt-1 text-sm break-words text-bad">
            {words().refused(reply())} <span class="text-soft">{words().refusedHelp}</span>
          </p>
        )}
      </Show>
      <p class="mt-0.5 text-sm break-words text-soft">{told()}</p>
      <p class="mt-0.5 font-mono text-xs break-all text-faint">{props.channel.url}</p>
    </>
  );
}

function TestResult(props: { result: ChannelTest; kind: Channel["kind"] }) {
  const words = () => t().notifications;
  const reply = () => props.result.reply;
  return (
    <Switch>
      <Match when={props.result.outcome === "ok" && props.kind === "teams"}>
        <span class="text-warn">{words().testAccepted(reply())}</span>
      </Match>
      <Match when={props.result.outcome === "ok"}>
        <span class="text-good">{words().testOk(reply())}</span>
      </Match>
      <Match when={props.result.outcome === "retry"}>
        <span class="text-warn">{words().testRetry(reply())}</span>
      </Match>
      <Match when={props.result.outcome === "refused"}>
        <span class="text-bad">{words().testRefused(reply())}</span>
      </Match>
    </Switch>
  );
}
