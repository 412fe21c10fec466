import { useNavigate } from "@solidjs/router";
import { useMutation, useQueryClient } from "@tanstack/solid-query";
import { createSignal, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { DEFAULT_METRICS } from "../../src/metric-names.ts";
import { submitSample } from "../api.ts";
import { PageHeading } from "../components/page-heading.tsx";
import { checkDraft, toSubmission } from "../components/submit/check-draft.ts";
import { ContextFields } from "../components/submit/context-fields.tsx";
import { EMPTY_DRAFT, EXAMPLES } from "../components/submit/example.ts";
import { MetricPicker } from "../components/submit/metric-picker.tsx";
import { RefusalList } from "../components/submit/refusal-list.tsx";
import { TextField } from "../components/submit/text-field.tsx";
import { announce } from "../components/toasts.tsx";
import { t } from "../i18n/translate.ts";

type Field = "question" | "answer" | "metrics";

/** 手工提交: what a workflow would send, as a form. */
export default function SubmitPage() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [draft, setDraft] = createStore(structuredClone(EMPTY_DRAFT));
  const [metrics, setMetrics] = createSignal<readonly string[]>(DEFAULT_METRICS);
  // A box is called wrong only after it was left, or after an attempt to send.
  const [seen, setSeen] = createSignal<ReadonlySet<Field>>(new Set<Field>());
  const problems = () => checkDraft(draft, metrics());
  const problemOf = (field: Field) => (seen().has(field) ? problems()[field] : undefined);
  const see = (...fields: Field[]) => setSeen((before) => new Set([...before, ...fields]));

  const submission = useMutation(() => ({
    mutationFn: submitSample,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["jobs"] });
      announce(t().submit.sent);
      navigate("/");
    },
  }));

  function send(event: SubmitEvent): void {
    event.preventDefault();
    see("question", "answer", "metrics");
    const firstWrong = Object.keys(problems())[0];
    if (firstWrong === undefined) submission.mutate(toSubmission(draft, metrics()));
    else document.getElementById(firstWrong)?.focus();
  }

  function clear(): void {
    setDraft(structuredClone(EMPTY_DRAFT));
    setSeen(new Set<Field>());
    submission.reset();
  }

  return (
    <>
      <PageHeading title={t().submit.title} intro={t().submit.intro}>
        <span class="text-sm text-faint">{t().submit.example}</span>
        <button type="button" class="button" onClick={() => setDraft(structuredClone(EXAMPLES.zh))}>
          {t().submit.exampleZh}
        </button>
        <button type="button" class="button" onClick={() => setDraft(structuredClone(EXAMPLES.en))}>
          {t().submit.exampleEn}
        </button>
      </PageHeading>
      <form
        class="mt-6 grid gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
        onSubmit={send}
        novalidate
      >
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
        </div>
        <div class="card content-start p-5 sm:p-6">
          <MetricPicker
            draft={draft}
            chosen={metrics()}
            problem={problemOf("metrics")}
            onChosen={(chosen) => {
              setMetrics(chosen);
              see("metrics");
            }}
            onDefaults={() => setMetrics(DEFAULT_METRICS)}
          />
        </div>
        <div class="grid grid-cols-1 gap-3 xl:col-span-2">
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
          <div class="flex gap-2">
            <button
              type="submit"
              class="button button-primary px-6"
              disabled={submission.isPending}
            >
              {submission.isPending ? t().submit.sending : t().submit.send}
            </button>
            <button type="button" class="button button-quiet" onClick={clear}>
              {t().submit.clear}
            </button>
          </div>
        </div>
      </form>
    </>
  );
}
