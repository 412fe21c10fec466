import { Match, Show, Switch } from "solid-js";
import { createStore } from "solid-js/store";
import type { ChannelEventName, ChannelKind } from "../../../src/contract/channel.ts";
import type { Language } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { language } from "../../kit/preferences.ts";
import { Select } from "../../kit/select.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "../settings/parts.tsx";
import {
  AddressLine,
  EventChoice,
  eventsFor,
  hasSecret,
  keysOf,
  kindOfAddress,
  LanguageChoice,
  SecretLine,
} from "./channel-fields.tsx";
import { createChannel } from "./channels-api.ts";
import { NoticePictures } from "./notice-picture.tsx";

interface Wish {
  name: string;
  url: string;
  kind: ChannelKind;
  secret: string;
  language: Language;
  events: readonly ChannelEventName[];
}

const START = { name: "", url: "", kind: "feishu", secret: "" } as const;
const FIRST_EVENTS: readonly ChannelEventName[] = [
  "alert.firing",
  "alert.resolved",
  "gate.failed",
  "job.failed",
];

/** A new channel, beside a picture of what it will be sent. */
export function ChannelForm() {
  const words = () => t().notifications;
  const [wish, setWish] = createStore<Wish>({
    ...START,
    language: language(),
    events: FIRST_EVENTS,
  });
  const saving = useSaving(createChannel, {
    alters: ["channels"],
    done: () => words().created,
    onDone: () => setWish({ ...START }),
  });
  const found = () => kindOfAddress(wish.url);
  const kind = (): ChannelKind => found() ?? wish.kind;
  const events = () => eventsFor(kind(), wish.events);
  return (
    <div class="grid grid-cols-1 gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <SettingsForm
        submit={words().create}
        saving={saving}
        isReady={wish.name.trim() !== "" && wish.url.trim() !== "" && events().length > 0}
        onSubmit={() =>
          saving.mutate({
            name: wish.name,
            url: wish.url.trim(),
            kind: found() === null ? wish.kind : null,
            secret: hasSecret(kind()) ? wish.secret.trim() || null : null,
            language: wish.language,
            events: events(),
          })
        }
      >
        <TextLine
          id="channel-name"
          label={words().name}
          required
          maxlength={100}
          autocomplete="off"
          placeholder={words().namePlaceholder}
          value={wish.name}
          onText={(name) => setWish({ name })}
        />
        <AddressLine
          id="channel-url"
          help={words().addressHelp}
          isRequired
          value={wish.url}
          onText={(url) => setWish({ url })}
        />
        <Show
          when={found()}
          fallback={
            <Labelled for="channel-kind" label={words().kind}>
              <Select
                id="channel-kind"
                chosen={wish.kind}
                options={keysOf(words().kinds).map((name) => [name, words().kinds[name]])}
                onChoose={(chosen) => setWish({ kind: chosen })}
              />
            </Labelled>
          }
        >
          {(bot) => <p class="text-sm text-good">{words().found(words().kinds[bot()])}</p>}
        </Show>
        <SecretLine
          id="channel-secret"
          kind={kind()}
          value={wish.secret}
          onText={(secret) => setWish({ secret })}
        />
        <Advice kind={kind()} />
        <LanguageChoice
          id="channel-language"
          kind={kind()}
          chosen={wish.language}
          onChoose={(chosen) => setWish({ language: chosen })}
        />
        <EventChoice
          kind={kind()}
          chosen={wish.events}
          onChoose={(events) => setWish({ events })}
        />
      </SettingsForm>
      <NoticePictures kind={kind()} language={wish.language} />
    </div>
  );
}

/** What somebody sets at the bot, said before it refuses. */
function Advice(props: { kind: ChannelKind }) {
  const words = () => t().notifications;
  return (
    <Switch>
      <Match when={props.kind === "feishu" || props.kind === "dingtalk"}>
        <p class="text-sm text-soft">
          {words().keyword} {words().noAddresses}
        </p>
      </Match>
      <Match when={props.kind === "langfuse"}>
        <p class="text-sm text-soft">{words().langfuseNote}</p>
      </Match>
      <Match when={props.kind === "wecom"}>
        <p class="text-sm text-soft">{words().wecomNote}</p>
      </Match>
      <Match when={props.kind === "teams"}>
        <p class="text-sm text-soft">{words().teamsNote}</p>
      </Match>
    </Switch>
  );
}
