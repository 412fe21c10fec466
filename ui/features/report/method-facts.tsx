import type { Report } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { FactList, formatUsage } from "../../kit/fact-list.tsx";
import { formatDateTime } from "../../kit/format.ts";

/** Where the numbers come from, so that they can be had again. */
export function MethodFacts(props: { report: Report }) {
  const run = () => props.report.run;
  return (
    <FactList
      facts={[
        [t().report.judge, run().judge],
        [t().report.model, run().judge_model],
        [t().report.embedding, run().embedding_model],
        [t().report.started, formatDateTime(run().started_at)],
        [t().report.finished, formatDateTime(run().finished_at)],
        [t().report.usage, formatUsage(props.report.usage)],
        [t().report.runId, run().run_id],
      ]}
      codes={Object.entries(props.report.versions).map(([name, version]) => [
        wordFor({}, name),
        version,
      ])}
    />
  );
}
