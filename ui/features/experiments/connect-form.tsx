import { Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { TargetKindName } from "../../../src/contract/target.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled, Select, TextLine } from "../../kit/fields.tsx";
import { announce } from "../../kit/toasts.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "../settings/parts.tsx";
import { createTarget } from "./experiments-api.ts";

const START = { name: "", address: "", key: "", model: "", chatId: "", answer: "", contexts: "" };
const BODY = '{"question": "{{question}}"}';
const KINDS = ["dify", "ragflow", "fastgpt", "openai", "http"] as const;
const EXAMPLES: Readonly<Record<TargetKindName, string>> = {
  dify: "https://api.dify.ai/v1",
  ragflow: "https://ragflow.example.com",
  fastgpt: "https://api.fastgpt.in/api",
  openai: "https://api.example.com/v1",
  http: "https://app.example.com/ask",
};

/** What an app is reached by; the server asks it what else there is to know. */
export function ConnectForm() {
  const words = () => t().experiments;
  const [wish, setWish] = createStore({ ...START, kind: "dify" as TargetKindName, body: BODY });
  const saving = useSaving(createTarget, {
    alters: ["targets"],
    done: () => words().connected,
    onDone: ({ notes }) => {
      setWish(START);
      for (const note of notes) announce(note);
    },
  });
  const optional = (value: string) => (value.trim() === "" ? undefined : value.trim());
  const bodyOf = (): unknown => {
    try {
      return JSON.parse(wish.body);
    } catch {
      return wish.body;
    }
  };
  const options = () => {
    const { kind } = wish;
    const places = { answer: optional(wish.answer), contexts: optional(wish.contexts) };
    if (kind === "ragflow") return { chat_id: optional(wish.chatId) };
    if (kind === "openai") return { model: optional(wish.model), contexts: places.contexts };
    return kind === "http" ? { ...places, body: bodyOf() } : {};
  };
  return (
    <SettingsForm
      title={words().connect}
      submit={words().connectNow}
      saving={saving}
      isReady={wish.name.trim() !== "" && wish.address.trim() !== ""}
      onSubmit={() =>
        saving.mutate({
          ...{ name: wish.name, kind: wish.kind, base_url: wish.address.trim() },
          ...{ api_key: wish.key.trim() || null, options: options() },
        })
      }
    >
      <Labelled for="app-kind" label={words().kind}>
        <Select
          id="app-kind"
          chosen={wish.kind}
          options={KINDS.map((kind) => [kind, words().kinds[kind]])}
          onChoose={(kind) => setWish({ kind })}
        />
      </Labelled>
      <TextLine
        {...{
          id: "app-name",
          label: words().name,
          required: true,
          maxlength: 100,
          autocomplete: "off",
        }}
        value={wish.name}
        onText={(name) => setWish({ name })}
      />
      <TextLine
        {...{ id: "app-address", label: words().address, help: words().addressHelp, type: "url" }}
        {...{ required: true, maxlength: 2000, autocomplete: "off" }}
        class="field font-mono text-sm"
        placeholder={EXAMPLES[wish.kind]}
        value={wish.address}
        onText={(address) => setWish({ address })}
      />
      <TextLine
        {...{
          id: "app-key",
          label: words().key,
          maxlength: 1000,
          autocomplete: "off",
          type: "password",
        }}
        class="field font-mono text-sm"
        placeholder={wish.kind === "dify" ? "app-…" : ""}
        value={wish.key}
        onText={(key) => setWish({ key })}
      />
      <Show when={wish.kind === "openai"}>
        <TextLine
          id="app-model"
          label={words().model}
          value={wish.model}
          onText={(model) => setWish({ model })}
        />
      </Show>
      <Show when={wish.kind === "ragflow"}>
        <TextLine
          id="app-chat"
          label={words().chatId}
          value={wish.chatId}
          onText={(chatId) => setWish({ chatId })}
        />
      </Show>
      <Show when={wish.kind === "http"}>
        <TextLine
          id="app-body"
          label={words().body}
          class="field font-mono text-sm"
          value={wish.body}
          onText={(body) => setWish({ body })}
        />
        <TextLine
          id="app-answer"
          label={words().answerPath}
          class="field font-mono text-sm"
          placeholder="data.answer"
          value={wish.answer}
          onText={(answer) => setWish({ answer })}
        />
      </Show>
      <Show when={wish.kind === "http" || wish.kind === "openai"}>
        <TextLine
          id="app-contexts"
          label={words().contextsPath}
          class="field font-mono text-sm"
          placeholder="data.sources[].text"
          value={wish.contexts}
          onText={(contexts) => setWish({ contexts })}
        />
      </Show>
    </SettingsForm>
  );
}
