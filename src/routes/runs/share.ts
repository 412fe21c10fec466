import { actorOf, audit } from "../../access/audit.ts";
import { signToken } from "../../access/signing.ts";
import { type CreatedShare, CreateShare, type ShareInfo } from "../../contract-access.ts";
import { AppError } from "../../errors.ts";
import { type Http, originOf } from "../../http/http-context.ts";
import { readJsonBody } from "../../http/json-body.ts";
import { getRun } from "../../storage/runs.ts";
import {
  insertShare,
  listShares,
  revokeShare,
  type ShareRecord,
} from "../../storage/share-links.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** `POST /api/runs/{run_id}/share`: a link that reads this one run and nothing else. */
export async function postShare(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const wish = await readJsonBody(http, CreateShare);
  const runId = await findRunId(http);
  const now = context.now();
  const share: ShareRecord = {
    project: caller.project,
    id: `shr_${context.newId()}`,
    runId,
    createdAt: now,
    createdBy: actorOf(caller),
    expiresAt: now + wish.expires_in_days * DAY_MS,
    revokedAt: null,
  };
  const token = await signToken(context.home, context.settings.adminKey, {
    purpose: "share",
    id: share.id,
    expiresAt: share.expiresAt,
    claims: { project: share.project },
  });
  await insertShare(context.home, share);
  await audit(context, caller, {
    action: "share.created",
    target: runId,
    detail: { share_id: share.id, expires_at: isoTime(share.expiresAt) },
  });
  // Behind the hash: browsers send that part to nobody, so the token is in no log and no Referer.
  const url = `${originOf(http)}/runs/${runId}#share=${token}`;
  return http.json({ ...viewShare(share), token, url } satisfies CreatedShare, 201);
}

/** `GET /api/runs/{run_id}/share` */
export async function getShares(http: Http): Promise<Response> {
  const runId = await findRunId(http);
  const rows = await listShares(http.get("jobs").home, http.get("caller").project, runId);
  return http.json({ shares: rows.map(viewShare) });
}

/** `DELETE /api/runs/{run_id}/share/{share_id}`: the link is dead from the next request on. */
export async function deleteShare(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const id = http.req.param("share_id") ?? "";
  const runId = http.req.param("run_id") ?? "";
  const share = await revokeShare(
    context.home,
    { project: caller.project, runId, id },
    context.now(),
  );
  if (!share) throw new AppError(said("not_found.share", { id: id.slice(0, 100) }));
  await audit(context, caller, {
    action: "share.revoked",
    target: runId,
    detail: { share_id: share.id },
  });
  return http.body(null, 204);
}

async function findRunId(http: Http): Promise<string> {
  const id = http.req.param("run_id") ?? "";
  const run = await getRun(http.get("jobs").db, http.get("caller").project, id);
  if (run) return run.id;
  throw new AppError(said("not_found.run", { id: id.slice(0, 100) }));
}

function viewShare(share: ShareRecord): ShareInfo {
  return {
    share_id: share.id,
    run_id: share.runId,
    created_at: isoTime(share.createdAt),
    created_by: share.createdBy,
    expires_at: isoTime(share.expiresAt),
    revoked_at: share.revokedAt === null ? null : isoTime(share.revokedAt),
  };
}
