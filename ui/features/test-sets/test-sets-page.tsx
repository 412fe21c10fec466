import { useNavigate } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createSignal } from "solid-js";
import type { TestSet } from "../../../src/contract/test-set.ts";
import { t } from "../../i18n/translate.ts";
import { ConfirmButton } from "../../kit/confirm-button.tsx";
import { FileLine, TextLine } from "../../kit/fields.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { testSetsQuery } from "../../kit/queries.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { useSaving } from "../../kit/use-saving.ts";
import { AppSection } from "../experiments/app-section.tsx";
import { ExperimentSection, ScheduleSection } from "../experiments/experiment-lists.tsx";
import { AddMore, Row, Rows, Section, SettingsForm } from "../settings/parts.tsx";
import { createTestSet, deleteTestSet, importFile } from "./test-sets-api.ts";

/** 测试集: questions, the apps they are put to, and what was run. */
export default function TestSetsPage() {
  const sets = useQuery(testSetsQuery);
  return (
    <>
      <PageHeading title={t().testSets.title} intro={t().testSets.intro} />
      {/* Once for the page: where the server wants a key or is away, four sections have nothing more to say. */}
      <QueryView query={sets}>
        {(known) => (
          <div class="mt-6 grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
            <div class="grid min-w-0 grid-cols-1 gap-6">
              <TestSets sets={known()} />
              <ExperimentSection />
            </div>
            <div class="grid min-w-0 grid-cols-1 gap-6">
              <AppSection />
              <ScheduleSection />
            </div>
          </div>
        )}
      </QueryView>
    </>
  );
}

function TestSets(props: { sets: TestSet[] }) {
  const words = () => t().testSets;
  const removing = useSaving(deleteTestSet, {
    alters: ["test-sets"],
    done: () => words().deleted,
    isSaid: true,
  });
  return (
    <Section title={words().sets}>
      <Rows each={props.sets} none={words().none}>
        {(set) => (
          <Row
            actions={
              <ConfirmButton
                {...{ label: words().delete, name: set.name, title: words().deleteTitle }}
                {...{ text: words().deleteText, isBusy: removing.isPending }}
                onConfirm={() => removing.mutate(set.test_set_id)}
              />
            }
          >
            <a class="link font-medium break-words" href={`/test-sets/${set.test_set_id}`}>
              {set.name}
            </a>
            <p class="text-sm text-soft">
              {words().items(formatCount(set.items))} · {formatDateTime(set.changed_at)}
            </p>
          </Row>
        )}
      </Rows>
      <AddMore label={words().create} isFirst={props.sets.length === 0}>
        <CreateForm />
      </AddMore>
    </Section>
  );
}

/** With a file the questions are there at once. */
function CreateForm() {
  const words = () => t().testSets;
  const navigate = useNavigate();
  const [name, setName] = createSignal("");
  const [file, setFile] = createSignal<File | null>(null);
  const creating = useSaving(
    async (wish: { name: string; file: File | null }) => {
      const set = await createTestSet({ name: wish.name });
      if (wish.file !== null) await importFile({ id: set.test_set_id, file: wish.file });
      return set;
    },
    { alters: ["test-sets"], onDone: (set) => navigate(`/test-sets/${set.test_set_id}`) },
  );
  return (
    <SettingsForm
      title={words().create}
      submit={words().createNow}
      saving={creating}
      isReady={name().trim() !== "" || file() !== null}
      onSubmit={() =>
        creating.mutate({
          name: name().trim() || (file()?.name ?? "").replace(/\.\w+$/, ""),
          file: file(),
        })
      }
    >
      <TextLine
        {...{ id: "set-name", label: words().name, maxlength: 200, autocomplete: "off" }}
        placeholder={words().namePlaceholder}
        value={name()}
        onText={setName}
      />
      <FileLine
        {...{ id: "set-file", label: words().file, help: words().fileHelp }}
        chosen={file()?.name}
        onFile={setFile}
      />
    </SettingsForm>
  );
}
