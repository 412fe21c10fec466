import { tellChannels } from "./channel-messages.ts";
import { omit, type RecordOf } from "./fields.ts";
import { gateVerdicts } from "./schema.ts";
import { sql, transact } from "./sql.ts";
import { columns, findAll, insert, setExcluded } from "./table.ts";

const VERDICT = omit(gateVerdicts.fields, "project", "runId");
const VERDICT_OF_RUN = omit(gateVerdicts.fields, "project");

/** What the last gate said of a run. */
export type GateVerdictRecord = RecordOf<typeof VERDICT>;

export async function putGateVerdict(
  db: D1Database,
  { project, runId }: { project: string; runId: string },
  verdict: GateVerdictRecord,
): Promise<void> {
  // Only of a run there is: the verdict on a run that was deleted meanwhile would never go.
  const isThere = sql`WHERE EXISTS (SELECT 1 FROM runs WHERE project = ${project} AND id = ${runId})`;
  const { metrics, baseRunId, judgedAt } = verdict;
  const key = `${runId.replace(/^run_/, "")}_${judgedAt}`;
  const payload = { run_id: runId, metric: metrics[0], metrics, base_run_id: baseRunId };
  const telling = {
    project,
    event: "gate.failed",
    key,
    about: runId,
    at: judgedAt,
    payload,
  } as const;
  // A pipeline may ask again and again: it is news once.
  const isNews = sql`EXISTS (SELECT 1 FROM runs WHERE project = ${project} AND id = ${runId}) AND NOT EXISTS
    (SELECT 1 FROM gate_verdicts WHERE project = ${project} AND run_id = ${runId} AND verdict = 'fail')`;
  await transact(db, [
    ...(verdict.verdict === "fail" ? [tellChannels(telling, isNews)] : []),
    sql`${insert(gateVerdicts, { ...verdict, project, runId }, isThere)}
      ON CONFLICT (project, run_id) DO UPDATE SET ${setExcluded(VERDICT)}`,
  ]);
}

/** Of the runs from `first` to `last`, by run; runs no gate was asked about are absent. A range, so no row is read for them. */
export async function listGateVerdicts(
  db: D1Database,
  project: string,
  { first, last }: { first: string; last: string },
): Promise<Map<string, GateVerdictRecord>> {
  const verdicts = await findAll(
    db,
    VERDICT_OF_RUN,
    sql`SELECT ${columns(VERDICT_OF_RUN)} FROM gate_verdicts
      WHERE project = ${project} AND run_id BETWEEN ${first} AND ${last}`,
  );
  return new Map(verdicts.map(({ runId, ...verdict }) => [runId, verdict]));
}
