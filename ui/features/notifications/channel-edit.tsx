import { createUniqueId, Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { Channel } from "../../../src/contract/channel.ts";
import { t } from "../../i18n/translate.ts";
import { TextLine } from "../../kit/fields.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "../settings/parts.tsx";
import {
  AddressLine,
  EventChoice,
  eventsFor,
  hasSecret,
  kindOfAddress,
  LanguageChoice,
  SecretLine,
} from "./channel-fields.tsx";
import { changeChannel } from "./channels-api.ts";

/** What can be changed of a channel. Its address is not shown again, only replaced. */
export function ChannelEdit(props: { channel: Channel; onDone: () => void }) {
  const words = () => t().notifications;
  const id = createUniqueId();
  const { name, events, language } = props.channel;
  const [wish, setWish] = createStore({ name, events, language, url: "", secret: "" });
  const kind = () => kindOfAddress(wish.url) ?? props.channel.kind;
  const losesSecret = () => {
    const url = URL.parse(wish.url.trim());
    const isElsewhere = url !== null && url.origin !== new URL(props.channel.url).origin;
    return props.channel.has_secret && wish.secret.trim() === "" && isElsewhere;
  };
  const saving = useSaving(
    () => {
      const { secret, url, ...rest } = wish;
      return changeChannel(props.channel.channel_id, {
        ...rest,
        events: eventsFor(kind(), rest.events),
        ...(url.trim() === "" ? {} : { url: url.trim() }),
        ...(secret.trim() === "" || !hasSecret(kind()) ? {} : { secret: secret.trim() }),
      });
    },
    { alters: ["channels"], done: () => words().saved, onDone: () => props.onDone() },
  );
  return (
    <SettingsForm
      submit={words().save}
      saving={saving}
      isReady={wish.name.trim() !== ""}
      onSubmit={() => saving.mutate(undefined)}
    >
      <TextLine
        id={`${id}-name`}
        label={words().name}
        required
        maxlength={100}
        autocomplete="off"
        value={wish.name}
        onText={(text) => setWish({ name: text })}
      />
      <AddressLine
        id={`${id}-url`}
        help={words().addressKept(props.channel.url)}
        value={wish.url}
        onText={(url) => setWish({ url })}
      />
      <Show when={losesSecret()}>
        <p role="status" class="text-sm text-warn">
          {words().secretGoes}
        </p>
      </Show>
      <SecretLine
        id={`${id}-secret`}
        kind={kind()}
        help={props.channel.has_secret && !losesSecret() ? words().secretKept : undefined}
        value={wish.secret}
        onText={(secret) => setWish({ secret })}
      />
      <LanguageChoice
        id={`${id}-language`}
        kind={kind()}
        chosen={wish.language}
        onChoose={(chosen) => setWish({ language: chosen })}
      />
      <EventChoice
        kind={kind()}
        chosen={wish.events}
        onChoose={(chosen) => setWish({ events: chosen })}
      />
    </SettingsForm>
  );
}
