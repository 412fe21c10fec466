import { For, Show } from "solid-js";
import { BOTS, isBot, recogniseKind } from "../../../src/channels/kinds.ts";
import type { ChannelEventName, ChannelKind } from "../../../src/contract/channel.ts";
import type { Language } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { Select } from "../../kit/select.tsx";

/** What a kind can be told of. */
export function eventsFor(
  kind: ChannelKind,
  chosen: readonly ChannelEventName[],
): ChannelEventName[] {
  if (kind === "langfuse") return ["trace.scored"];
  return chosen.filter((name) => kind === "webhook" || name !== "trace.scored");
}

/** Which of what happens is told; Langfuse leaves no choice. */
export function EventChoice(props: {
  kind: ChannelKind;
  chosen: readonly ChannelEventName[];
  onChoose: (events: ChannelEventName[]) => void;
}) {
  const words = () => t().notifications;
  const others = (name: ChannelEventName) => props.chosen.filter((other) => other !== name);
  return (
    <Show when={props.kind !== "langfuse"}>
      <fieldset>
        <legend class="mb-1 text-sm font-medium">{words().eventsLegend}</legend>
        <div class="grid gap-x-4 gap-y-1 sm:grid-cols-2">
          <For each={eventsFor(props.kind, keysOf(words().events))}>
            {(name) => (
              <label class="flex items-center gap-2 py-1 text-sm">
                <input
                  type="checkbox"
                  class="size-4"
                  checked={props.chosen.includes(name)}
                  onChange={(event) =>
                    props.onChoose(
                      event.currentTarget.checked ? [...props.chosen, name] : others(name),
                    )
                  }
                />
                {words().events[name]}
              </label>
            )}
          </For>
        </div>
      </fieldset>
    </Show>
  );
}

/** Of what people read; Langfuse is sent numbers. */
export function LanguageChoice(props: {
  id: string;
  kind: ChannelKind;
  chosen: Language;
  onChoose: (language: Language) => void;
}) {
  const words = () => t().notifications;
  return (
    <Show when={props.kind !== "langfuse"}>
      <Labelled for={props.id} label={words().language}>
        <Select
          id={props.id}
          chosen={props.chosen}
          options={keysOf(words().languages).map((name) => [name, words().languages[name]])}
          onChoose={props.onChoose}
        />
      </Labelled>
    </Show>
  );
}

/** Where messages go; whoever knows the whole of it may write there. */
export function AddressLine(props: {
  id: string;
  help: string;
  isRequired?: boolean;
  value: string;
  onText: (url: string) => void;
}) {
  return (
    <TextLine
      id={props.id}
      label={t().notifications.address}
      help={props.help}
      class="field font-mono text-sm"
      type="url"
      required={props.isRequired ?? false}
      maxlength={2000}
      autocomplete="off"
      placeholder="https://open.feishu.cn/open-apis/bot/v2/hook/…"
      value={props.value}
      onText={props.onText}
    />
  );
}

/** What an address tells of its kind; null: nothing yet, or it could be any. */
export function kindOfAddress(url: string): ChannelKind | null {
  const kind = URL.canParse(url.trim()) ? recogniseKind(url.trim()) : null;
  return typeof kind === "string" ? kind : null;
}

/** Where the kind has a secret. */
export function SecretLine(props: {
  id: string;
  kind: ChannelKind;
  /** Instead of what a new channel is told. */
  help?: string;
  value: string;
  onText: (secret: string) => void;
}) {
  const words = () => t().notifications;
  return (
    <Show when={hasSecret(props.kind)}>
      <TextLine
        id={props.id}
        label={props.kind === "langfuse" ? words().keysLangfuse : words().secret}
        help={props.help ?? helpOf(props.kind)}
        class="field font-mono text-sm"
        maxlength={200}
        autocomplete="off"
        value={props.value}
        onText={props.onText}
      />
    </Show>
  );
}

function helpOf(kind: ChannelKind): string {
  const words = t().notifications;
  if (kind === "langfuse") return words.secretLangfuse;
  return kind === "webhook" ? words.secretWebhook : words.secretOptional;
}

export function hasSecret(kind: ChannelKind): boolean {
  return !isBot(kind) || BOTS[kind].hasSecret;
}

export function keysOf<K extends string>(words: Readonly<Record<K, unknown>>): K[] {
  // Object.keys forgets what the keys of a record are.
  return Object.keys(words) as K[];
}
