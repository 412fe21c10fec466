import { createUniqueId, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { Target, TargetKindName, TargetOptions } from "../../../src/contract/target.ts";
import { t } from "../../i18n/translate.ts";
import { Labelled, TextLine } from "../../kit/fields.tsx";
import { Select } from "../../kit/select.tsx";
import { announce } from "../../kit/toasts.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { SettingsForm } from "../settings/parts.tsx";
import { changeTarget, createTarget } from "./experiments-api.ts";

type OptionName = "question_input" | "answer" | "contexts" | "model" | "chat_id" | "body";

/** An example address of each kind, and what is to be said of how it is asked and read. */
const KINDS: Readonly<Record<TargetKindName, { example: string; asks: readonly OptionName[] }>> = {
  dify: { example: "https://api.dify.ai/v1", asks: ["question_input", "answer", "contexts"] },
  ragflow: { example: "https://ragflow.example.com", asks: ["chat_id"] },
  fastgpt: { example: "https://api.fastgpt.in/api", asks: [] },
  openai: { example: "https://api.example.com/v1", asks: ["model", "contexts"] },
  http: { example: "https://app.example.com/ask", asks: ["body", "answer", "contexts"] },
};
const KIND_NAMES = ["dify", "ragflow", "fastgpt", "openai", "http"] as const;
const PLACEHOLDERS: Partial<Record<OptionName, string>> = {
  answer: "data.answer",
  contexts: "data.sources[].text",
};
/** Of Dify they concern workflows alone, and are mostly found by themselves. */
const isRare = (kind: TargetKindName) => kind === "dify";

/** What an app is reached by, to connect one or to change one; the server asks it what else there is to know. */
export function TargetForm(props: { target?: Target; onDone?: () => void }) {
  const words = () => t().experiments;
  const id = createUniqueId();
  const [wish, setWish] = createStore(wishOf(props.target));
  const set = (name: OptionName, text: string) => setWish("options", name, text);
  const options = (): TargetOptions => ({
    ...props.target?.options,
    ...Object.fromEntries(
      KINDS[wish.kind].asks.map((name) => [
        name,
        name === "body" ? readJson(wish.options.body) : optional(wish.options[name]),
      ]),
    ),
  });
  const losesKey = () => {
    const { target } = props;
    if (!target?.has_key || wish.key.trim() !== "") return false;
    const url = URL.parse(wish.address.trim());
    return url !== null && url.origin !== new URL(target.base_url).origin;
  };
  const saving = useSaving(
    () => {
      const { target } = props;
      const { kind } = wish;
      const [name, baseUrl, key] = [wish.name.trim(), wish.address.trim(), wish.key.trim()];
      const told = { name, asks_per_day: Number(wish.perDay) || null };
      if (target === undefined) {
        const address = { base_url: baseUrl, api_key: key || null };
        return createTarget({ ...told, ...address, kind, options: options() });
      }
      // What stays is left out: the app is asked again only for what concerns it.
      return changeTarget(target.target_id, {
        ...told,
        ...(baseUrl === target.base_url ? {} : { base_url: baseUrl }),
        ...(key === "" ? {} : { api_key: key }),
        ...(isSame(options(), target.options) ? {} : { options: options() }),
      });
    },
    {
      alters: ["targets", "estimate"],
      done: () => (props.target ? words().saved : words().connected),
      onDone: ({ notes }) => {
        if (props.target === undefined) setWish(wishOf(undefined));
        for (const note of notes) announce(note);
        props.onDone?.();
      },
    },
  );
  const asked = () => (
    <For each={KINDS[wish.kind].asks}>
      {(name) => (
        <TextLine
          id={`${id}-${name}`}
          label={words().options[name]}
          class="field font-mono text-sm"
          placeholder={wish.kind === "dify" ? "" : (PLACEHOLDERS[name] ?? "")}
          value={wish.options[name]}
          onText={(text) => set(name, text)}
        />
      )}
    </For>
  );
  return (
    <SettingsForm
      title={props.target ? undefined : words().connect}
      submit={props.target ? words().save : words().connectNow}
      saving={saving}
      isReady={wish.name.trim() !== "" && wish.address.trim() !== ""}
      onSubmit={() => saving.mutate(undefined)}
    >
      <Show when={props.target === undefined}>
        <Labelled for={`${id}-kind`} label={words().kind}>
          <Select
            id={`${id}-kind`}
            chosen={wish.kind}
            options={KIND_NAMES.map((kind) => [kind, words().kinds[kind]])}
            onChoose={(kind) => setWish({ kind })}
          />
        </Labelled>
      </Show>
      <TextLine
        {...{ id: `${id}-name`, label: words().name, required: true, maxlength: 100 }}
        autocomplete="off"
        value={wish.name}
        onText={(name) => setWish({ name })}
      />
      <TextLine
        {...{ id: `${id}-address`, label: words().address, help: words().addressHelp }}
        {...{ type: "url", required: true, maxlength: 2000, autocomplete: "off" }}
        class="field font-mono text-sm"
        placeholder={KINDS[wish.kind].example}
        value={wish.address}
        onText={(address) => setWish({ address })}
      />
      <Show when={losesKey()}>
        <p role="status" class="text-sm text-warn">
          {words().keyGoes}
        </p>
      </Show>
      <TextLine
        {...{ id: `${id}-key`, label: words().key, maxlength: 1000, autocomplete: "off" }}
        type="password"
        class="field font-mono text-sm"
        help={props.target?.has_key && !losesKey() ? words().keyKept : undefined}
        placeholder={wish.kind === "dify" ? "app-…" : ""}
        value={wish.key}
        onText={(key) => setWish({ key })}
      />
      <Show when={isRare(wish.kind)} fallback={asked()}>
        <details>
          <summary class="cursor-pointer text-sm text-soft">{words().workflowOptions}</summary>
          <div class="mt-3 grid gap-4">{asked()}</div>
        </details>
      </Show>
      <TextLine
        {...{ id: `${id}-budget`, label: words().perDay, type: "number", min: 1, step: 1 }}
        placeholder={words().noLimit}
        value={wish.perDay}
        onText={(perDay) => setWish({ perDay })}
      />
    </SettingsForm>
  );
}

function wishOf(target: Target | undefined) {
  const { options = {}, kind = "dify", name = "", base_url: address = "" } = target ?? {};
  const body = options.body === undefined ? '{"question": "{{question}}"}' : options.body;
  return {
    ...{ kind, name, address, key: "", perDay: String(target?.asks_per_day ?? "") },
    options: {
      question_input: options.question_input ?? "",
      answer: options.answer ?? "",
      contexts: options.contexts ?? "",
      model: options.model ?? "",
      chat_id: options.chat_id ?? "",
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
  };
}

const optional = (text: string) => (text.trim() === "" ? undefined : text.trim());

/** A body that is no JSON is sent as the text it is; the server says what is wrong with it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isSame(some: TargetOptions, others: TargetOptions): boolean {
  const sorted = (options: TargetOptions) =>
    JSON.stringify(
      Object.entries(options)
        .filter(([, value]) => value !== undefined)
        .sort(),
    );
  return sorted(some) === sorted(others);
}
