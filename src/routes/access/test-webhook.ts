import { audit } from "../../access/audit.ts";
import { TestWebhook, type WebhookTest } from "../../contract-access.ts";
import { AppError } from "../../errors.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { readJsonBody } from "../../http/json-body.ts";
import { webhookReach } from "../../jobs/webhook/callback.ts";
import { isAccepted, postSigned } from "../../jobs/webhook/post-signed.ts";
import { openDestination } from "../../net/destination.ts";
import { type Said, said } from "../../words/said.ts";
import { say } from "../../words/say.ts";

/** `POST /api/webhooks/test`: one signed event to an address, under the rules of every webhook. Kept nowhere. */
export async function testWebhook(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const { settings, now } = context;
  const { url } = await readJsonBody(http, TestWebhook);
  const receiver = openDestination(url, webhookReach(settings));
  if ("code" in receiver) throw refuse(said("url", { problem: receiver }));
  if (settings.webhookSecret === null) {
    throw refuse(said("set_webhook_secret"));
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
    error: answer.error && say(answer.error, readerOf(http)),
    ms: now() - startedAt,
  };
  await audit(context, http.get("caller"), {
    action: "webhook.tested",
    target: new URL(url).host,
    detail: { status: answer.status },
  });
  return http.json(result);
}

function refuse(detail: Said): AppError {
  return new AppError(said("invalid_request.field", { detail }), {
    errors: [{ pointer: "#/url", detail }],
  });
}
