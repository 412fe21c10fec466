import { useSearchParams } from "@solidjs/router";
import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createEffect, createSignal, onMount, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { t } from "../../i18n/translate.ts";
import { request, type Submission } from "../../kit/api.ts";
import { ChoiceFields } from "../submission/choice-fields.tsx";
import { createChoices } from "../submission/choices.ts";
import {
  type Draft,
  EMPTY_DRAFT,
  EXAMPLES,
  isEmpty,
  keepDraft,
  recallDraft,
} from "../submission/draft.ts";
import { MetricPicker } from "../submission/metric-picker.tsx";
import { RefusalList } from "../submission/refusal-list.tsx";
import { checkDraft, inputsOf, toSubmission } from "./check-draft.ts";
import { ContextFields } from "./context-fields.tsx";
import { TextField } from "./text-field.tsx";

type Field = "question" | "answer" | "metrics" | "tags";

/** One sample, typed. */
export function ByHandForm() {
  const [, setSearch] = useSearchParams<{ job: string }>();
  const queryClient = useQueryClient();
  const [draft, setDraft] = createStore<Draft>(recallDraft());
  const [choices, setChoices] = createChoices("");
  let form: HTMLFormElement | undefined;
  // A box is called wrong only after it was left, or after an attempt to send.
  const [seen, setSeen] = createSignal<ReadonlySet<Field>>(new Set<Field>());
  const problems = () => checkDraft(draft, choices);
  const problemOf = (field: Field) => (seen().has(field) ? problems()[field] : undefined);
  const see = (...fields: Field[]) => setSeen((before) => new Set([...before, ...fields]));
  createEffect(() => keepDraft({ ...draft, contexts: [...draft.contexts] }));

  const submission = useMutation(() => ({
    mutationFn: (body: Submission) => request("POST /api/score/async", { body }),
    onSuccess: ({ job_id }) => {
      clear();
      setSearch({ job: job_id });
      scrollTo({ top: 0 });
      return queryClient.invalidateQueries({ queryKey: ["jobs"] });
    },
  }));

  function send(event: SubmitEvent): void {
    event.preventDefault();
    see("question", "answer", "metrics", "tags");
    const firstWrong = Object.keys(problems())[0];
    if (firstWrong === undefined) submission.mutate(toSubmission(draft, choices));
    else document.getElementById(firstWrong)?.focus();
  }

  function clear(): void {
    setDraft(structuredClone(EMPTY_DRAFT));
    setSeen(new Set<Field>());
    submission.reset();
  }

  // Ctrl or ⌘ with Enter sends from any box, where Enter alone breaks the line.
  onMount(() =>
    form?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form?.requestSubmit();
    }),
  );

  return (
    <form ref={form} class="mt-6" onSubmit={send} novalidate>
      <div class="mb-4 flex flex-wrap items-center gap-2">
        <span class="text-sm text-faint">{t().submit.example}</span>
        <button type="button" class="button" onClick={() => setDraft(structuredClone(EXAMPLES.zh))}>
          {t().submit.exampleZh}
        </button>
        <button type="button" class="button" onClick={() => setDraft(structuredClone(EXAMPLES.en))}>
          {t().submit.exampleEn}
        </button>
      </div>
      <div class="grid gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div class="card grid content-start gap-6 p-5 sm:p-6">
          <TextField
            id="question"
            label={t().submit.question}
            help={t().submit.questionHelp}
            rows={2}
            value={draft.question}
            problem={problemOf("question")}
            onText={(text) => setDraft("question", text)}
            onLeave={() => see("question")}
          />
          <TextField
            id="answer"
            label={t().submit.answer}
            help={t().submit.answerHelp}
            rows={4}
            value={draft.answer}
            problem={problemOf("answer")}
            onText={(text) => setDraft("answer", text)}
            onLeave={() => see("answer")}
          />
          <ContextFields
            contexts={draft.contexts}
            onContexts={(contexts) => setDraft("contexts", contexts)}
          />
          <TextField
            id="ground-truth"
            label={t().submit.groundTruth}
            help={t().submit.groundTruthHelp}
            rows={2}
            isOptional
            value={draft.groundTruth}
            onText={(text) => setDraft("groundTruth", text)}
          />
          <details class="border-t border-line pt-4">
            <summary class="link w-fit text-sm">{t().submit.more}</summary>
            <div class="mt-4">
              <ChoiceFields
                choices={choices}
                tagsProblem={problems().tags}
                onChange={(change) => setChoices(change)}
              />
            </div>
          </details>
        </div>
        <div class="card content-start p-5 sm:p-6">
          <MetricPicker
            inputs={isEmpty(draft) ? null : inputsOf(draft)}
            chosen={choices.metrics}
            problem={problemOf("metrics")}
            onChosen={(metrics) => {
              setChoices({ metrics });
              see("metrics");
            }}
            onDefaults={() => setChoices({ metrics: null })}
          />
        </div>
      </div>
      <div class="mt-6 grid grid-cols-1 gap-3">
        <Show when={problems().size}>
          {(size) => (
            <p role="alert" class="text-bad">
              {size()}
            </p>
          )}
        </Show>
        <Show when={submission.isError && submission.error}>
          {(error) => <RefusalList error={error()} />}
        </Show>
        <div class="flex flex-wrap items-center gap-2">
          <button type="submit" class="button button-primary px-6" disabled={submission.isPending}>
            {submission.isPending ? t().submit.sending : t().submit.send}
          </button>
          <button type="button" class="button button-quiet" onClick={clear}>
            {t().submit.clear}
          </button>
          <Show when={!isEmpty(draft)}>
            <span class="text-sm text-faint">{t().submit.draftKept}</span>
          </Show>
        </div>
      </div>
    </form>
  );
}
