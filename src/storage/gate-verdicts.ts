/** What the last gate said of a run. */
export interface GateVerdictRecord {
  verdict: "pass" | "fail" | "inconclusive";
  /** Metrics of the rules that decided it. */
  metrics: string[];
  baseRunId: string | null;
  judgedAt: number;
}

// Only of a run there is: the verdict on a run that was deleted meanwhile would never go.
const PUT = `INSERT INTO gate_verdicts (project, run_id, verdict, metrics, base_run_id, judged_at)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM runs WHERE project = ?1 AND id = ?2)
  ON CONFLICT (project, run_id) DO UPDATE SET verdict = excluded.verdict, metrics = excluded.metrics,
    base_run_id = excluded.base_run_id, judged_at = excluded.judged_at`;

export async function putGateVerdict(
  db: D1Database,
  run: { project: string; runId: string },
  { verdict, metrics, baseRunId, judgedAt }: GateVerdictRecord,
): Promise<void> {
  await db
    .prepare(PUT)
    .bind(run.project, run.runId, verdict, JSON.stringify(metrics), baseRunId, judgedAt)
    .run();
}

/** Of the runs from `first` to `last`, by run; runs no gate was asked about are absent. A range, so no row is read for them. */
export async function listGateVerdicts(
  db: D1Database,
  project: string,
  { first, last }: { first: string; last: string },
): Promise<Map<string, GateVerdictRecord>> {
  const { results } = await db
    .prepare(
      `SELECT run_id, verdict, metrics, base_run_id, judged_at FROM gate_verdicts
       WHERE project = ?1 AND run_id BETWEEN ?2 AND ?3`,
    )
    .bind(project, first, last)
    .all<{
      run_id: string;
      verdict: GateVerdictRecord["verdict"];
      metrics: string;
      base_run_id: string | null;
      judged_at: number;
    }>();
  return new Map(
    results.map((row) => [
      row.run_id,
      {
        verdict: row.verdict,
        metrics: JSON.parse(row.metrics),
        baseRunId: row.base_run_id,
        judgedAt: row.judged_at,
      },
    ]),
  );
}
