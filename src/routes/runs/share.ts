import { actorOf, audit } from "../../access/audit.ts";
import { signToken } from "../../access/signing.ts";
import type { ShareInfo } from "../../contract/access.ts";
import { AppError } from "../../errors.ts";
import { originOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import {
  insertShare,
  listShares,
  revokeShare,
  type ShareRecord,
} from "../../storage/share-links.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import { findRun } from "./find-run.ts";
import type { RUN_ROUTES } from "./routes.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export const SHARE_HANDLERS = {
  /** A link that reads this one run and nothing else. */
  async create_share(http, { params, body: wish }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const { id: runId } = await findRun(http, params);
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
  },

  async list_shares(http, { params }) {
    const { id: runId } = await findRun(http, params);
    const rows = await listShares(http.get("jobs").home, http.get("caller").project, runId);
    return { shares: rows.map(viewShare) };
  },

  /** The link is dead from the next request on. */
  async revoke_share(http, { params: { run_id: runId, share_id: id } }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
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
  },
} satisfies Partial<Handlers<typeof RUN_ROUTES>>;

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
