import { createUniqueId } from "solid-js";
import { createStore } from "solid-js/store";
import type { Channel } from "../../../src/contract/channel.ts";
import { t } from "../../i18n/translate.ts";
import { TextLine } from "../../kit/fields.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "../settings/parts.tsx";
import { EventChoice, LanguageChoice, SecretLine } from "./channel-fields.tsx";
import { changeChannel } from "./channels-api.ts";

/** What can be changed of a channel; another address is another channel. */
export function ChannelEdit(props: { channel: Channel; onDone: () => void }) {
  const words = () => t().notifications;
  const id = createUniqueId();
  const { name, events, language } = props.channel;
  const [wish, setWish] = createStore({ name, events, language, secret: "" });
  const saving = useSaving(
    () => {
      const { secret, ...rest } = wish;
      const given = secret.trim();
      const changes = { ...rest, events: [...rest.events] };
      return changeChannel(
        props.channel.channel_id,
        given === "" ? changes : { ...changes, secret: given },
      );
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
      <SecretLine
        id={`${id}-secret`}
        kind={props.channel.kind}
        help={props.channel.has_secret ? words().secretKept : undefined}
        value={wish.secret}
        onText={(secret) => setWish({ secret })}
      />
      <LanguageChoice
        id={`${id}-language`}
        chosen={wish.language}
        onChoose={(chosen) => setWish({ language: chosen })}
      />
      <EventChoice chosen={wish.events} onChoose={(chosen) => setWish({ events: chosen })} />
    </SettingsForm>
  );
}
