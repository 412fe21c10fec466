import { useParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { ExperimentSection } from "../experiments/experiment-lists.tsx";
import { RunForm } from "../experiments/run-form.tsx";
import { ImportSection } from "./import-section.tsx";
import { ItemSection } from "./item-section.tsx";
import { exportPath, testSetQuery } from "./test-sets-api.ts";

/** One test set: run it, see what was run, change its questions. */
export default function TestSetPage() {
  const params = useParams<{ id: string }>();
  const query = useQuery(() => testSetQuery(params.id));
  const words = () => t().testSets;
  return (
    <QueryView query={query} heading={<PageHeading title={words().title} />}>
      {(set) => (
        <>
          <PageHeading
            title={set().name}
            intro={`${words().items(formatCount(set().items))} · ${words().version(set().version.slice(0, 8))}`}
          >
            <a class="button" href="/test-sets">
              {words().allSets}
            </a>
            <a class="button" href={exportPath(params.id, "csv")} download="">
              {words().export} CSV
            </a>
            <a class="button" href={exportPath(params.id, "jsonl")} download="">
              {words().export} JSONL
            </a>
          </PageHeading>
          <div class="mt-6 grid grid-cols-1 gap-6">
            <div class="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
              <RunForm setId={params.id} setName={set().name} items={set().items} />
              <ExperimentSection setId={params.id} />
            </div>
            <ItemSection setId={params.id} />
            <ImportSection setId={params.id} />
          </div>
        </>
      )}
    </QueryView>
  );
}
