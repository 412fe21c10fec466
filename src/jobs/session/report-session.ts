import { errorForLog } from "../../error-for-log.ts";
import { kindOfJudge } from "../../scoring/outcome.ts";
import { artifactsKey, deletePrefix } from "../../storage/artifacts.ts";
import { getProject } from "../../storage/projects.ts";
import { sumUsage } from "../../storage/report-rows.ts";
import { getRun, insertRun } from "../../storage/runs.ts";
import { listSessionJobs } from "../../storage/session-jobs.ts";
import {
  claimSession,
  holdsSession,
  releaseSession,
  type SessionRecord,
  settleSession,
} from "../../storage/sessions.ts";
import { transact } from "../../storage/sql.ts";
import type { JobContext } from "../context.ts";
import { MAX_ATTEMPTS } from "../job.ts";
import { addEngineerAdvice } from "../judge-advice.ts";
import { buildRun } from "../report/build-run.ts";
import { beginReport } from "../report/head-of-report.ts";
import { toRunRecord } from "../report/run-record.ts";
import { decideRetry } from "../retry-policy.ts";
import { tryWake } from "../wake.ts";
import { SESSION_PACE } from "./pace.ts";

/** A build of some thousand calls takes a while, and nothing is lost when a second one joins. */
const BUILD_LEASE_MS = 120_000;

/** Builds the report of a session over all its calls so far, when it is due and nobody else does. */
export async function reportSession(
  context: JobContext,
  target: { project: string; runId: string },
): Promise<void> {
  const now = context.now();
  const session = await claimSession(context.db, target, { now, leaseUntil: now + BUILD_LEASE_MS });
  if (!session) return;
  try {
    const nextAt = await build(context, session);
    context.log({
      event: "session.reported",
      run_id: session.runId,
      attempt: session.attempt,
      ms: context.now() - now,
    });
    if (nextAt !== null) await wakeAt(context, session, nextAt);
  } catch (error) {
    const decision = decideRetry(error, session.failures + 1, (now % 1000) / 1000);
    const mayRetry = decision.action === "retry" && session.failures + 1 < MAX_ATTEMPTS;
    const dueAt = mayRetry ? context.now() + decision.delaySeconds * 1000 : null;
    context.log({
      event: "session.report_failed",
      run_id: session.runId,
      error: errorForLog(error),
    });
    await releaseSession(context.db, session, dueAt);
    if (dueAt !== null) await wakeAt(context, session, dueAt);
  }
}

/** When it is due again because calls ended meanwhile, or null. */
async function build(context: JobContext, session: SessionRecord): Promise<number | null> {
  const { project, runId } = session;
  const calls = await listSessionJobs(context.db, project, runId);
  const { first, last } = calls;
  if (!first || !last) {
    await releaseSession(context.db, session, null);
    return null;
  }
  const before = await getRun(context.db, project, runId);
  const chosen = await context.chooseJudge({
    project,
    judge: kindOfJudge(last.judge),
    judgeModel: last.judgeModel,
    embeddingModel: last.embeddingModel,
  });
  const source = { kind: "run", project, runId } as const;
  const prefix = artifactsKey(project, runId, session.attempt);
  const { report } = await buildRun(
    context,
    source,
    {
      ...(await beginReport(context, first, chosen, {
        run_id: runId,
        mode: "session",
        session_id: session.sessionId,
        finishedAt: calls.finishedAt,
      })),
      usage: await sumUsage(context.db, source),
      options: { thresholds: (await getProject(context.home, project))?.thresholds },
      finish: (report) => addEngineerAdvice(context, chosen, report),
    },
    prefix,
  );
  const now = context.now();
  const pauseMs = Math.max(SESSION_PACE.everyMs, SESSION_PACE.perCallMs * session.version);
  const [, settled] = await transact<{ due_at: number | null }>(context.db, [
    insertRun(toRunRecord(project, report, session.attempt), holdsSession(session)),
    settleSession(session, now, now + pauseMs),
  ]);
  const isWinner = (settled?.results.length ?? 0) > 0;
  const stale = isWinner ? before && artifactsKey(project, runId, before.attempt) : prefix;
  if (stale !== null && stale !== prefix) await deletePrefix(context.bucket, stale);
  return settled?.results[0]?.due_at ?? null;
}

async function wakeAt(context: JobContext, session: SessionRecord, at: number): Promise<void> {
  const delaySeconds = Math.max(1, Math.ceil((at - context.now()) / 1000));
  const message = { kind: "report", project: session.project, id: session.runId } as const;
  await tryWake(context, [{ message, delaySeconds }]);
}
