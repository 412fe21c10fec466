import { audit } from "../../access/audit.ts";
import type { WebhookTest } from "../../contract-access.ts";
import { AppError } from "../../errors.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { webhookReach } from "../../jobs/webhook/callback.ts";
import { isAccepted, postSigned } from "../../jobs/webhook/post-signed.ts";
import { openDestination } from "../../net/destination.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

export const WEBHOOK_TEST_HANDLERS = {
  /** One signed event to an address, under the rules of every webhook. Kept nowhere. */
  async test_webhook(http, { body: { url } }) {
    const context = http.get("jobs");
    const { settings, now } = context;
    const receiver = openDestination(url, webhookReach(settings));
    if (typeof receiver === "string") throw refuse(`\`url\` ${receiver}`);
    if (settings.webhookSecret === null) {
      throw refuse(
        "No webhook can be sent: set the secret WEBHOOK_SECRET to whsec_ and the Base64 of 24 to 64 random bytes.",
      );
    }
    const startedAt = now();
    const answer = await postSigned(context, {
      url,
      id: `msg_${context.newId()}`,
      payload: {
        type: "webhook.test",
        timestamp: new Date(startedAt).toISOString(),
        data: { project: http.get("caller").project },
      },
    });
    const result: WebhookTest = {
      delivered: isAccepted(answer),
      status: answer.status,
      error: answer.error,
      ms: now() - startedAt,
    };
    await audit(context, http.get("caller"), {
      action: "webhook.tested",
      target: new URL(url).host,
      detail: { status: answer.status },
    });
    return result;
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;

function refuse(detail: string): AppError {
  return new AppError("invalid_request", detail, { errors: [{ pointer: "#/url", detail }] });
}
