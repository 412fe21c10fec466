import { setCookie } from "hono/cookie";
import { audit } from "../../access/audit.ts";
import { authorize, enterByKey } from "../../access/authorize.ts";
import type { Caller } from "../../access/caller.ts";
import { type readCredentials, sessionCookieName } from "../../access/credentials.ts";
import { utcDay } from "../../access/quota.ts";
import { refuseForeignOrigin } from "../../access/same-origin.ts";
import { signToken } from "../../access/signing.ts";
import { ACCESS_LIMITS, type SessionInfo } from "../../contract/access.ts";
import { AppError } from "../../errors.ts";
import { doorOf } from "../../http/guard.ts";
import type { Http } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { getUse } from "../../storage/quotas.ts";
import { endSession } from "../../storage/sign-ins.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

const SESSION_SECONDS = ACCESS_LIMITS.sessionHours * 60 * 60;

export const SIGN_IN_HANDLERS = {
  /** Who am I, and how much of today is left. */
  get_session(http) {
    return viewSession(http, http.get("caller"));
  },

  /** A key for a cookie that scripts cannot read and other sites cannot send. */
  async sign_in(http, { body: wish }) {
    refuseForeignOrigin(http.req.raw);
    const context = http.get("jobs");
    const { settings, home } = context;
    const door = doorOf(http, settings);
    const asked = { ...door, askedProject: wish.project ?? door.askedProject };
    if (settings.accessMode === "open") {
      return http.json(await viewSession(http, await authorize(asked, NOTHING_OFFERED)));
    }
    const caller = await enterByKey(asked, wish.key.trim());
    const session = {
      id: `ses_${context.newId()}`,
      expiresAt: (Math.floor(door.now / 1000) + SESSION_SECONDS) * 1000,
    };
    const token = await signToken(home, settings.adminKey, {
      purpose: "session",
      ...session,
      claims: { kid: caller.id, project: caller.project },
    });
    setSessionCookie(http, token, SESSION_SECONDS);
    await audit(context, caller, { action: "session.opened", target: session.id });
    return viewSession(http, { ...caller, session });
  },

  /** The cookie goes, and the token in it is worth nothing from now on. */
  async sign_out(http) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    if (caller.session !== null) {
      const { id, expiresAt } = caller.session;
      await endSession(context.home, { id, until: expiresAt }, context.now());
      await audit(context, caller, { action: "session.ended", target: id });
    }
    setSessionCookie(http, "", 0);
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;

const NOTHING_OFFERED: ReturnType<typeof readCredentials> = {
  key: null,
  shareToken: null,
  accessToken: null,
  sessionToken: null,
};

function setSessionCookie(http: Http, token: string, maxAgeSeconds: number): void {
  const url = new URL(http.req.url);
  setCookie(http, sessionCookieName(url), token, {
    httpOnly: true,
    sameSite: "Strict",
    secure: url.protocol === "https:",
    path: "/",
    maxAge: maxAgeSeconds,
  });
}

async function viewSession(http: Http, caller: Caller): Promise<SessionInfo> {
  if (caller.role === "share" || caller.via === "share") {
    throw new AppError(said("forbidden.share_session"));
  }
  const { db, now, settings } = http.get("jobs");
  const { samples, judge_tokens } = await getUse(db, caller.project, utcDay(now()));
  return {
    via: caller.via,
    name: caller.name,
    role: caller.role,
    project: caller.project,
    is_deployment_admin: caller.isDeploymentAdmin,
    expires_at: caller.session === null ? null : isoTime(caller.session.expiresAt),
    usage_today: { samples, judge_tokens },
    samples_per_day: caller.settings.samplesPerDay,
    judge_tokens_per_day: caller.settings.judgeTokensPerDay,
    criteria: caller.settings.criteria,
    can_sign_webhooks: settings.webhookSecret !== null,
  };
}
