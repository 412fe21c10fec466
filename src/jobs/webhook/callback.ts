import type { Settings } from "../../config.ts";
import type { Warning } from "../../contract/outcome.ts";
import { AppError } from "../../errors.ts";
import { openDestination, type Reach } from "../../net/destination.ts";

/** Where webhooks may go. */
export function webhookReach({ accessMode }: Pick<Settings, "accessMode">): Reach {
  return { isLocalhostAllowed: accessMode === "open", namedOrigins: [] };
}

/** The address webhooks of a job go to, checked; with a warning and none when this server cannot sign. */
export function chooseCallback(
  settings: Pick<Settings, "webhookSecret" | "accessMode">,
  url: string | null,
): { url: string | null; warnings: Warning[] } {
  if (url === null) return { url, warnings: [] };
  const problem = openDestination(url, webhookReach(settings));
  if (typeof problem === "string") {
    throw new AppError("invalid_request", `\`callback_url\` ${problem}`, {
      errors: [{ pointer: "#/callback_url", detail: problem }],
    });
  }
  if (settings.webhookSecret !== null) return { url, warnings: [] };
  const warning: Warning = {
    code: "webhook_not_configured",
    message:
      "No webhook will be sent to `callback_url`: this server has no secret to sign it with.",
    fix: "Set WEBHOOK_SECRET to whsec_ and the Base64 of 24 to 64 random bytes, or poll the job.",
  };
  return { url: null, warnings: [warning] };
}
