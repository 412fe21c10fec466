import { useQuery } from "@tanstack/solid-query";
import { For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { Project } from "../../../src/contract/access.ts";
import type { TraceSettings } from "../../../src/contract/trace.ts";
import { t } from "../../i18n/translate.ts";
import { TextLine } from "../../kit/fields.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { Section, SettingsForm } from "../settings/parts.tsx";
import { changeProject } from "../settings/settings-api.ts";
import { projectsQuery, sessionQuery } from "../settings/settings-queries.ts";

const TEXTS = ["question", "answer", "contexts"] as const;
const PATHS = {
  question: "$.attributes['app.query']",
  answer: "$.attributes['app.reply']",
  contexts: "$.attributes['app.hits'][*].text",
} as const;

/** Which runs of live traffic are scored, and where the spans of an own app say what was asked; for who may set it. */
export function Sampling() {
  const session = useQuery(sessionQuery);
  const isAdmin = () => session.isSuccess && session.data.role === "admin";
  return (
    <Show when={isAdmin()}>
      <SamplingOf project={session.data?.project ?? ""} />
    </Show>
  );
}

function SamplingOf(props: { project: string }) {
  const projects = useQuery(projectsQuery);
  const known = () =>
    projects.isSuccess && projects.data.find(({ project }) => project === props.project);
  return (
    <div class="mt-6">
      <Section id="sampling" title={t().connect.samplingTitle} text={t().connect.samplingText}>
        <Show when={known()}>{(project) => <SamplingForm project={project()} />}</Show>
      </Section>
    </div>
  );
}

function SamplingForm(props: { project: Project }) {
  const words = () => t().connect;
  const { rate, budget, apps, only_with_contexts, rule } = props.project.traces;
  const [wish, setWish] = createStore({
    percent: String(Number((rate * 100).toFixed(4))),
    budget: budget === null ? "" : String(budget),
    apps: apps.join(", "),
    only_with_contexts,
    question: rule?.question ?? "",
    answer: rule?.answer ?? "",
    contexts: rule?.contexts ?? "",
  });
  const saving = useSaving(
    () => changeProject(props.project.project, { traces: readWish(wish, props.project.traces) }),
    { alters: ["projects", "traces"], done: () => t().connect.samplingSaved },
  );
  return (
    <SettingsForm
      submit={t().connect.samplingSave}
      saving={saving}
      onSubmit={() => saving.mutate(undefined)}
    >
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextLine
          id="sampling-rate"
          label={words().samplingRate}
          help={words().samplingRateHelp}
          type="number"
          min="0.01"
          max="100"
          step="any"
          inputmode="decimal"
          required
          value={wish.percent}
          onText={(percent) => setWish({ percent })}
        />
        <TextLine
          id="sampling-budget"
          label={words().samplingBudget}
          help={words().samplingBudgetHelp}
          type="number"
          min="0"
          step="1"
          inputmode="numeric"
          placeholder={t().connect.samplingNoLimit}
          value={wish.budget}
          onText={(text) => setWish({ budget: text })}
        />
      </div>
      <TextLine
        id="sampling-apps"
        label={words().samplingApps}
        help={words().samplingAppsHelp}
        maxlength={4000}
        autocomplete="off"
        value={wish.apps}
        onText={(text) => setWish({ apps: text })}
      />
      <label class="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          class="size-4"
          checked={wish.only_with_contexts}
          onChange={(event) => setWish({ only_with_contexts: event.currentTarget.checked })}
        />
        {words().samplingOnlyContexts}
      </label>
      <details open={rule !== null}>
        <summary class="text-sm font-medium">{words().samplingRule}</summary>
        <p class="mt-1 mb-3 max-w-[65ch] text-sm text-soft">{words().samplingRuleText}</p>
        <div class="grid grid-cols-1 gap-4 lg:grid-cols-3">
          <For each={TEXTS}>
            {(name) => (
              <TextLine
                id={`sampling-${name}`}
                label={words().samplingPaths[name]}
                class="field font-mono text-sm"
                maxlength={300}
                autocomplete="off"
                placeholder={PATHS[name]}
                value={wish[name]}
                onText={(text) => setWish({ [name]: text })}
              />
            )}
          </For>
        </div>
      </details>
    </SettingsForm>
  );
}

type Wish = Record<"percent" | "budget" | "apps" | (typeof TEXTS)[number], string> & {
  only_with_contexts: boolean;
};

/** A list of names may be written with either comma, or a line each. */
function readWish(wish: Wish, known: TraceSettings): TraceSettings {
  const [question, answer, contexts] = TEXTS.map((name) => wish[name].trim() || null);
  const hasRule = [question, answer, contexts].some((path) => path !== null);
  return {
    ...known,
    rate: Number(wish.percent) / 100,
    budget: wish.budget.trim() === "" ? null : Number(wish.budget),
    apps: wish.apps.split(/[,，\n]/).flatMap((name) => name.trim() || []),
    only_with_contexts: wish.only_with_contexts,
    rule: hasRule
      ? { question: question ?? null, answer: answer ?? null, contexts: contexts ?? null }
      : null,
  };
}
