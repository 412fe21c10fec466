import { useQuery } from "@tanstack/solid-query";
import { createSignal, createUniqueId, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { Labelled } from "../../kit/fields.tsx";
import { InfoPopover } from "../../kit/info-popover.tsx";
import { testSetsQuery } from "../../kit/queries.ts";
import { Select } from "../../kit/select.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { RefusalLine } from "../settings/parts.tsx";

interface Wish {
  setId: string;
  name: string;
  groundTruth: string;
}

/** Keeps a question for every later run, with the answer it should have had. */
export function AddToTestSet(props: {
  runId: string;
  sampleId: string;
  /** The sample's own reference, to begin with; null: it has none. */
  reference: string | null;
}) {
  const id = createUniqueId();
  const words = () => t().toTestSet;
  const [isOpen, setIsOpen] = createSignal(false);
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [answer, setAnswer] = createSignal(props.reference ?? "");
  // No one has asked for test sets before this opens.
  const query = useQuery(() => ({ ...testSetsQuery(), enabled: isOpen() }));
  const sets = () => query.data ?? [];
  const target = () => sets().find((set) => set.test_set_id === chosen()) ?? sets()[0];
  const saving = useSaving(
    ({ setId, groundTruth }: Wish) =>
      request("POST /api/test-sets/:test_set_id/samples", {
        params: { test_set_id: setId },
        body: {
          run_id: props.runId,
          sample_id: props.sampleId,
          ...(groundTruth === "" ? {} : { ground_truth: groundTruth }),
        },
      }),
    { alters: ["test-sets", "test-set", "test-items"], done: ({ name }) => words().done(name) },
  );
  return (
    <InfoPopover
      label={words().open}
      face={words().open}
      class="button button-slim w-fit print:hidden"
      onOpen={() => setIsOpen(true)}
    >
      <Show when={query.isSuccess} fallback={<p role="status">{t().app.loading}</p>}>
        <Show
          when={target()}
          fallback={
            <p>
              {words().none} <a href="/test-sets">{words().create}</a>
            </p>
          }
        >
          {(set) => (
            <form
              class="grid gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                const wish = { setId: set().test_set_id, name: set().name };
                saving.mutate({ ...wish, groundTruth: answer().trim() });
              }}
            >
              <Labelled for={`${id}-set`} label={words().set}>
                <Select
                  id={`${id}-set`}
                  chosen={set().test_set_id}
                  options={sets().map((one) => [one.test_set_id, one.name] as const)}
                  onChoose={setChosen}
                />
              </Labelled>
              <Labelled for={`${id}-answer`} label={words().answer} help={words().answerHelp}>
                <textarea
                  id={`${id}-answer`}
                  class="field min-h-20"
                  aria-describedby={`${id}-answer-help`}
                  value={answer()}
                  onInput={(event) => setAnswer(event.currentTarget.value)}
                />
              </Labelled>
              <button type="submit" class="button button-slim w-fit" disabled={saving.isPending}>
                {words().add}
              </button>
              <RefusalLine error={saving.error} />
            </form>
          )}
        </Show>
      </Show>
    </InfoPopover>
  );
}
