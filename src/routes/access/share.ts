import { actorOf, audit } from "../../access/audit.ts";
import { signToken } from "../../access/signing.ts";
import type { CreatedShare, ShareInfo, ShareList } from "../../contract-access.ts";
import { AppError } from "../../errors.ts";
import { type Http, originOf } from "../../http/http-context.ts";
import type { Input } from "../../http/serve-routes.ts";
import { getRun } from "../../storage/runs.ts";
import {
  insertShare,
  listShares,
  revokeShare,
  type ShareRecord,
} from "../../storage/share-links.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** `POST /api/runs/{run_id}/share`: a link that reads this one run and nothing else. */
export async function postShare(
  http: Http,
  { params, body: wish }: Input<typeof ACCESS_ROUTES.create_share>,
): Promise<CreatedShare> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const runId = await findRunId(http, params.run_id);
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
  return { ...viewShare(share), token, url };
}

/** `GET /api/runs/{run_id}/share` */
export async function getShares(
  http: Http,
  { params }: Input<typeof ACCESS_ROUTES.list_shares>,
): Promise<ShareList> {
  const runId = await findRunId(http, params.run_id);
  const rows = await listShares(http.get("jobs").home, http.get("caller").project, runId);
  return { shares: rows.map(viewShare) };
}

/** `DELETE /api/runs/{run_id}/share/{share_id}`: the link is dead from the next request on. */
export async function deleteShare(
  http: Http,
  { params: { run_id: runId, share_id: id } }: Input<typeof ACCESS_ROUTES.revoke_share>,
): Promise<undefined> {
  const context = http.get("jobs");
  const caller = http.get("caller");
  const share = await revokeShare(
    context.home,
    { project: caller.project, runId, id },
    context.now(),
  );
  if (!share) throw new AppError("not_found", `Share link not found: ${id.slice(0, 100)}`);
  await audit(context, caller, {
    action: "share.revoked",
    target: runId,
    detail: { share_id: share.id },
  });
}

async function findRunId(http: Http, id: string): Promise<string> {
  const run = await getRun(http.get("jobs").db, http.get("caller").project, id);
  if (run) return run.id;
  throw new AppError("not_found", `Run not found: ${id.slice(0, 100)}`);
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
