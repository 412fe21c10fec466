import { AppError } from "../../errors.ts";
import { openDestination, type Reach } from "../../net/destination.ts";
import type { Settings } from "../../settings.ts";
import { type SaidWarning, said } from "../../words/said.ts";

/** Where webhooks may go. */
export function webhookReach({ accessMode }: Pick<Settings, "accessMode">): Reach {
  return { isLocalhostAllowed: accessMode === "open", namedOrigins: [] };
}

/** The address webhooks of a job go to, checked; with a warning and none when this server cannot sign. */
export function chooseCallback(
  settings: Pick<Settings, "webhookSecret" | "accessMode">,
  url: string | null,
): { url: string | null; warnings: SaidWarning[] } {
  if (url === null) return { url, warnings: [] };
  const problem = openDestination(url, webhookReach(settings));
  if ("code" in problem) {
    throw new AppError(said("invalid_request.callback", { problem }), {
      errors: [{ pointer: "#/callback_url", detail: problem }],
    });
  }
  if (settings.webhookSecret !== null) return { url, warnings: [] };
  return { url: null, warnings: [said("webhook_not_configured")] };
}
