import type { Handlers } from "../../http/serve-routes.ts";
import { getAudit } from "./audit.ts";
import { deleteKey, getKeys, patchKey, postKey } from "./keys.ts";
import { getProjects, patchProject, postProject } from "./projects.ts";
import type { ACCESS_ROUTES } from "./routes.ts";
import { deleteShare, getShares, postShare } from "./share.ts";
import { deleteSession, getSession, postSession } from "./sign-in.ts";
import { postJudgeTest } from "./test-judge.ts";
import { testWebhook } from "./test-webhook.ts";

export const ACCESS_HANDLERS: Handlers<typeof ACCESS_ROUTES> = {
  get_session: getSession,
  sign_in: postSession,
  sign_out: deleteSession,
  list_keys: getKeys,
  create_key: postKey,
  rename_key: patchKey,
  revoke_key: deleteKey,
  list_projects: getProjects,
  create_project: postProject,
  change_project: patchProject,
  list_audit: getAudit,
  test_judge: postJudgeTest,
  test_webhook: testWebhook,
  list_shares: getShares,
  create_share: postShare,
  revoke_share: deleteShare,
};
